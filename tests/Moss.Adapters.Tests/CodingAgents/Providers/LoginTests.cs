using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moss.CodingAgents;
using Moss.CodingAgents.Providers;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Providers;

/// <summary>Programs that go to their model by themselves, logged in as a person. Fakes with their names stand in: no account could be had.</summary>
public sealed class LoginTests : IDisposable
{
    private const string Show = """
        #!/bin/sh
        { echo "args: $*"; env; ls -l "$HOME/$LOGIN"; cat "$HOME/$LOGIN"; } > /work/seen.txt
        echo renewed > "$HOME/$LOGIN"

        """;

    private readonly TemporaryFolder folder = new();
    private readonly AgentBench bench = new();

    public void Dispose()
    {
        bench.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("claude", ".claude/.credentials.json", """{"type":"result","subtype":"success","is_error":false,"result":"","total_cost_usd":0.25,"usage":{"input_tokens":1000,"output_tokens":50}}""", 0.25, false)]
    [InlineData("codex", "auth.json", """{"type":"turn.completed","usage":{"input_tokens":1000,"output_tokens":50}}""", 0.015, true)]
    public async Task A_program_has_the_login_for_one_call_and_no_way_through_the_proxy(string name, string place, string events, double dollars, bool estimated)
    {
        await using var proxy = await ProxyBench.StartAsync();
        var login = Prepare(name, place, events);
        bench.Models = proxy.Proxy;

        var outcome = await bench.RunAsync(RoleCatalog.Implement, Found(name));

        outcome.ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>().Memory.ShouldBeNull();
        var seen = bench.Read("seen.txt");
        seen.ShouldContain("-rw-------");
        seen.ShouldContain("the login of ann");
        foreach (var absent in new[] { "127.0.0.1", "MOSS_MODEL", "API_KEY", "BASE_URL" })
        {
            seen.ShouldNotContain(absent);
        }

        File.ReadAllText(login).ShouldBe("the login of ann\n", "it is a copy");
        outcome.Use.Cost.ShouldBe(new AgentCost((decimal)dollars, 1000, 50, estimated));
        outcome.Use.Model.ShouldBe(name == "claude" ? "claude-sonnet-4-5" : "m");
        Directory.GetDirectories(bench.SessionsFolder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_login_that_is_not_there_is_an_outage_that_says_what_to_do()
    {
        File.Delete(Prepare("claude", ".claude/.credentials.json", ""));

        var reason = (await bench.RunAsync(RoleCatalog.Implement, Found("claude"))).ShouldBeOfType<RoleOutcome<ImplementReport>.Unavailable>().Reason;

        reason.ShouldStartWith("agent claude: its login cannot be read");
        reason.ShouldContain("log its program in");
    }

    [Fact]
    public async Task Nothing_is_recorded_that_could_show_a_login()
    {
        Prepare("claude", ".claude/.credentials.json", """{"type":"result","subtype":"success","is_error":false,"result":"the login of ann"}""");
        bench.RecordTo = folder.Combine("tapes");

        (await bench.RunAsync(RoleCatalog.Implement, Found("claude"))).ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>();

        Directory.Exists(bench.RecordTo).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_login_each_goes_through_the_proxy() =>
        Catalog.WithLogin.ShouldAllBe(name => Catalog.Create(name, null, false)!.Capabilities.Login == null && Catalog.Create(name, null, false)!.Capabilities.Model != null);

    [Fact]
    public void A_login_is_used_by_the_agent_that_it_was_lent_to_alone()
    {
        Prepare("claude", ".claude/.credentials.json", "");

        Found("claude").Capabilities.ShouldSatisfyAllConditions(
            lent => lent.Login.ShouldBe(".claude/.credentials.json"), lent => lent.Model.ShouldBeNull(), lent => lent.NeedsNetwork.ShouldBeTrue());
        Found("codex").Capabilities.Login.ShouldBeNull();
    }

    [Theory]
    [InlineData("qwen", "/l", "only claude and codex can use the login of a person")]
    [InlineData("claude", "l.json", "no absolute path")]
    [InlineData("claude", "", "no absolute path")]
    public void A_login_that_nobody_can_use_stops_the_start(string name, string file, string why) =>
        Should.Throw<InvalidOperationException>(() => Options((name, file))).Message.ShouldContain(why);

    [Fact]
    public void The_settings_name_files_by_agent() =>
        Options(("Claude", "/a"), ("codex", "/b")).Logins.ShouldBe(ImmutableSortedDictionary<string, string>.Empty.Add("claude", "/a").Add("codex", "/b"));

    /// <summary>A program of the agent's name, and a login.</summary>
    private string Prepare(string name, string place, string events)
    {
        var program = folder.Write($"bin/{name}", Show.Replace("$LOGIN", place, StringComparison.Ordinal) + $"cat <<'END'\n{events}\nEND\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var login = folder.Write("login", "the login of ann\n");
        bench.ToolFolders = [folder.Combine("bin")];
        bench.Logins = bench.Logins.Add(name, login);
        return login;
    }

    private ICodingAgent Found(string name) => new CodingAgentRegistry([], new() { SessionsFolder = "/unused", Logins = bench.Logins })
        .For(new AgentChoice { Default = name, Models = ImmutableSortedDictionary<string, AgentModel>.Empty.Add("codex", new() { Name = "m" }) }, Role.Implement)
        .ShouldBeOfType<AgentLookup.Found>().Agent;

    private static AgentSessionOptions Options(params (string Name, string File)[] logins) => new ServiceCollection()
        .AddAgentSessions("/sessions", new ConfigurationBuilder().AddInMemoryCollection(
            logins.ToDictionary(login => $"Moss:CodingAgents:Logins:{login.Name}", login => (string?)login.File)).Build())
        .BuildServiceProvider().GetRequiredService<AgentSessionOptions>();
}
