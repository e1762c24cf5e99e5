using System.Collections.Immutable;
using Moss.CodingAgents;
using Moss.CodingAgents.Jail;
using Moss.Processes;
using Moss.Sandboxes;
using Moss.Substrates;

namespace Moss.Adapters.Tests.CodingAgents.Jail;

public sealed class AgentJailTests
{
    private static readonly JailLayout Layout = new("/host/tree", "/host/session", new(["scenarios"], ["AGENTS.md"], ["moss.yaml"]))
    {
        TrySocket = "/host/session/try.sock",
        Tools = "/host/tools",
        Dotnet = "/usr/share/dotnet",
        ToolFolders = ["/opt/agents"],
    };

    private static readonly AgentCapabilities Quiet = new(Edits: true, NeedsNetwork: false, ReportsCost: false);

    [Fact]
    public void Only_the_implementer_can_write_to_the_work_tree()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var mount = Map(role).Mounts[0];
            mount.ShouldBe(role == Role.Implement
                ? new SandboxMount.Writable("/host/tree", "/work")
                : new SandboxMount.ReadOnly("/host/tree", "/work"));
        }
    }

    [Fact]
    public void What_is_hidden_lies_over_the_work_tree_and_over_what_is_shut() =>
        Map(Role.Implement).Mounts.Take(4).ShouldBe(
        [
            new SandboxMount.Writable("/host/tree", "/work"),
            new SandboxMount.ReadOnly("/host/tree/moss.yaml", "/work/moss.yaml"),
            new SandboxMount.ReadOnly("/host/session/empty", "/work/AGENTS.md"),
            new SandboxMount.Empty("/work/scenarios"),
        ]);

    [Fact]
    public void Besides_its_tree_an_agent_can_write_only_to_its_own_folders() =>
        Map(Role.Plan).Mounts.OfType<SandboxMount.Writable>().Select(mount => mount.Target)
            .ShouldBe(["/moss/out", "/moss/home", "/moss/tmp", "/moss/try.sock"]);

    [Fact]
    public void The_environment_is_a_list_and_nothing_is_inherited()
    {
        var environment = Map(Role.Plan).Environment;

        environment.Keys.ShouldBe(
            [
                "AGENT_MODEL", "DOTNET_CLI_TELEMETRY_OPTOUT", "DOTNET_EnableDiagnostics", "DOTNET_GCHeapHardLimit", "DOTNET_NOLOGO", "DOTNET_ROOT",
                "HOME", "LANG", "NO_COLOR", "PATH", "TERM", "TMPDIR",
            ],
            ignoreOrder: true);
        environment["PATH"].ShouldBe("/moss/bin:/opt/agents:/moss/dotnet:/usr/local/bin:/usr/bin:/bin");
        (environment["HOME"], environment["TMPDIR"]).ShouldBe(("/moss/home", "/moss/tmp"));
    }

    [Theory]
    [InlineData(false, SandboxNetwork.None)]
    [InlineData(true, SandboxNetwork.Host)]
    public void There_is_a_network_only_for_who_needs_one(bool needs, SandboxNetwork network) =>
        AgentJail.Map(Invocation, Assign(Role.Plan), Quiet with { NeedsNetwork = needs }, Layout).Network.ShouldBe(network);

    [Fact]
    public void An_agent_whose_model_is_behind_moss_has_a_bridge_to_it_and_no_network()
    {
        var access = new ModelAccess("openai") { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("BASE", "url").Add("KEY", "token").Add("AGENT_MODEL", "url") };

        var spec = AgentJail.Map(
            Invocation, Assign(Role.Plan), Quiet with { NeedsNetwork = true, Model = access }, Layout with { Model = new("/run/m.sock", "secret", "/v1", access) });

        spec.Network.ShouldBe(SandboxNetwork.None);
        spec.Command.ShouldBe(
            ["/moss/dotnet/dotnet", "/moss/tools/Moss.AgentTools.dll", "bridge", "--socket", "/moss/model.sock", "--port", "4141", "--", "agent", "--go"]);
        spec.Mounts.ShouldContain(new SandboxMount.Writable("/run/m.sock", "/moss/model.sock"));
        spec.Environment.Where(entry => entry.Value is "secret" or "http://127.0.0.1:4141/v1").Select(entry => entry.Key)
            .ShouldBe(["AGENT_MODEL", "BASE", "KEY", "MOSS_MODEL_TOKEN", "MOSS_MODEL_URL"], ignoreOrder: true);
        spec.Command.ShouldNotContain("secret");
    }

    [Fact]
    public void An_agent_whose_model_is_behind_moss_never_gets_the_host_s_network_for_want_of_it() =>
        AgentJail.Map(Invocation, Assign(Role.Plan), Quiet with { NeedsNetwork = true, Model = new("openai") }, Layout).Network.ShouldBe(SandboxNetwork.None);

    [Fact]
    public void Without_the_tools_of_moss_there_is_no_bridge()
    {
        var model = new JailModel("/run/m.sock", "t", "", new("m"));

        JailPrograms.Missing(new("sh", []), Layout with { Model = model, Tools = null }).ShouldNotBeNull().ShouldContain("Moss.AgentTools");
        JailPrograms.Missing(new("sh", []), Layout with { Model = model, Tools = "/t", Dotnet = null }).ShouldNotBeNull().ShouldContain("DOTNET_ROOT");
    }

    [Fact]
    public void The_wall_clock_is_the_assignments_own() =>
        Map(Role.Plan).Limits.WallClock.ShouldBe(TimeSpan.FromSeconds(90));

    [Fact]
    public void Silence_ends_only_an_agent_whose_model_is_elsewhere()
    {
        var impatient = Layout with { Limits = new() { Idle = TimeSpan.FromSeconds(30) } };

        AgentJail.Map(Invocation, Assign(Role.Plan), Quiet, impatient).Limits.Idle.ShouldBeNull();
        AgentJail.Map(Invocation, Assign(Role.Plan), Quiet with { NeedsNetwork = true }, impatient).Limits.Idle.ShouldBe(TimeSpan.FromSeconds(30));
        AgentJail.Map(Invocation, Assign(Role.Plan), Quiet with { NeedsNetwork = true }, Layout).Limits.Idle.ShouldBeNull();
    }

    [Theory]
    [InlineData("no-such-agent", "no-such-agent")]
    [InlineData("/opt/other/agent", "/opt/other/agent")]
    [InlineData("/etc/hostname", "/etc/hostname")]
    [InlineData("/work/agent.sh", "/work/agent.sh")]
    public void A_program_that_the_jail_does_not_have_is_named_with_what_to_do(string program, string named)
    {
        var problem = JailPrograms.Missing(new(program, []), Layout).ShouldNotBeNull();

        problem.ShouldContain(named);
        problem.ShouldContain("install");
    }

    [Theory]
    [InlineData("sh")]
    [InlineData("/bin/sh")]
    [InlineData("/usr/bin/env")]
    public void A_program_of_the_system_is_there(string program) => JailPrograms.Missing(new(program, []), Layout).ShouldBeNull();

    [Fact]
    public void Without_the_tools_of_moss_the_search_agent_says_so() =>
        JailPrograms.Missing(new("sh", [JailFolders.AgentTools]), Layout with { Tools = null }).ShouldNotBeNull().ShouldContain("Moss.AgentTools");

    private static ProcessInvocation Invocation => new("agent", ["--go"])
    {
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("AGENT_MODEL", "m").Add("HOME", "/root").Add("TMPDIR", "/tmp"),
        Timeout = TimeSpan.FromSeconds(90),
    };

    private static SandboxSpec Map(Role role) => AgentJail.Map(Invocation, Assign(role), Quiet, Layout);

    private static Assignment Assign(Role role) => new("k", role, "prompt", "{}", TimeSpan.FromSeconds(90));
}
