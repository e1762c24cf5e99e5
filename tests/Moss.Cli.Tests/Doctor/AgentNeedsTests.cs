using Moss.Cli.Doctor;
using Moss.Testing;

namespace Moss.Cli.Tests.Doctor;

public sealed class AgentNeedsTests
{
    private readonly Dictionary<string, string> versions = new() { ["claude"] = "2.1.330 (Claude Code)" };
    private readonly Dictionary<string, string> settings = new();

    [Fact]
    public void Every_agent_that_is_known_by_name_has_a_line() =>
        AgentNeeds.Of(versions, settings, _ => true).Select(need => need.Name).ShouldBe(["anthropic-api", "claude", "codex", "gemini", "openai-api", "opencode", "pi", "qwen"]);

    [Fact]
    public void A_part_of_Moss_needs_only_the_way_to_its_model()
    {
        var before = Of("anthropic-api");
        Configure(("Address", "https://api.anthropic.com"));
        var after = Of("anthropic-api");

        (before.Version, before.Problem, before.Wanted).ShouldBe(("part of Moss", "no way to its model is configured", false));
        (after.Problem, after.Wanted).ShouldBe((null, true));
    }

    [Fact]
    public void Agents_and_their_usual_upstreams_are_those_of_the_documentation()
    {
        var rows = File.ReadLines(Path.Combine(SourceTree.Root, "docs", "agents.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(row => row is [_, ['`', ..], _, _, ['`', ..], ..])
            .Select(row => (row[1].Trim('`'), row[4].Trim('`')));

        rows.ShouldBe(AgentNeeds.Of(versions, settings, _ => true).Select(need => (need.Name, need.Upstream)), ignoreOrder: true);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("anthropic", null, true)]
    [InlineData("anthropic", "/nowhere", false)]
    [InlineData("gemini", null, false)]
    [InlineData("openai-chat", null, true)]
    public void For_every_way_to_a_model_one_agent_has_to_be_whole(string? upstream, string? key, bool holds)
    {
        settings[$"Moss__Models__{upstream}__Address"] = upstream is null ? "" : "https://models.example";
        settings[$"Moss__Models__{upstream}__KeyFile"] = key ?? "";

        AgentNeeds.Hold(AgentNeeds.Of(new Dictionary<string, string>(), settings, _ => false)).ShouldBe(holds);
    }

    [Theory]
    [InlineData(true, true, null, "")]
    [InlineData(true, false, "its login cannot be read", "log claude in, so that /l is there")]
    [InlineData(false, true, "the program is not there", "scripts/install-agents")]
    public void An_agent_with_the_login_of_a_person_needs_no_way_through_the_proxy(bool installed, bool readable, string? problem, string fix)
    {
        settings["Moss__CodingAgents__Logins__claude"] = "/l";
        if (!installed)
        {
            versions.Remove("claude");
        }

        var need = AgentNeeds.Of(versions, settings, file => readable || file != "/l").Single(need => need.Name == "claude");

        (need.Wanted, need.Problem, need.Upstream).ShouldBe((true, problem, "login of claude"));
        need.Fix.ShouldContain(fix);
    }

    [Fact]
    public void A_file_that_is_not_there_cannot_be_read() => Cli.Doctor.AgentPrograms.IsReadable("/nowhere/at-all").ShouldBeFalse();

    [Theory]
    [InlineData("codex", "scripts/install-agents")]
    [InlineData("qwen", "scripts/install-agents --all")]
    public void A_program_that_is_missing_is_fixed_by_the_command_that_installs_it(string name, string fix)
    {
        var need = Of(name);

        need.Version.ShouldBeNull();
        need.Problem.ShouldBe("the program is not there");
        need.Fix.ShouldBe(fix);
        need.Wanted.ShouldBeFalse();
    }

    [Fact]
    public void A_program_without_a_way_to_its_model_is_told_the_settings_and_not_wanted()
    {
        var need = Of("claude");

        need.Version.ShouldBe("2.1.330 (Claude Code)");
        need.Problem.ShouldBe("no way to its model is configured");
        need.Fix.ShouldContain("Moss__Models__anthropic__Address");
        need.Wanted.ShouldBeFalse();
    }

    [Theory]
    [InlineData("KeyFile", "/run/secrets/anthropic", "the key cannot be read", "/run/secrets/anthropic")]
    [InlineData("KeyVariable", "ANTHROPIC_KEY", "there is no key", "ANTHROPIC_KEY")]
    public void A_configured_agent_without_its_key_is_wanted_and_told_where_the_key_goes(string setting, string value, string problem, string fix)
    {
        Configure(("Address", "https://api.anthropic.com"), (setting, value));

        var need = Of("claude", readable: false);

        need.Wanted.ShouldBeTrue();
        need.Problem.ShouldBe(problem);
        need.Fix.ShouldContain(fix);
    }

    [Fact]
    public void A_configured_agent_without_its_program_is_wanted()
    {
        Configure(("Address", "https://api.anthropic.com"));
        versions.Clear();

        Of("claude").ShouldSatisfyAllConditions(need => need.Wanted.ShouldBeTrue(), need => need.Problem.ShouldBe("the program is not there"));
    }

    [Fact]
    public void A_whole_agent_lacks_nothing_however_the_settings_are_spelled()
    {
        settings["MOSS__MODELS__ANTHROPIC__ADDRESS"] = "https://api.anthropic.com";
        settings["moss__models__anthropic__keyvariable"] = "KEY";
        settings["KEY"] = "x";

        Of("claude").ShouldSatisfyAllConditions(need => need.Problem.ShouldBeNull(), need => need.Fix.ShouldBe(""));
    }

    [Fact]
    public void A_server_without_keys_needs_none()
    {
        Configure(("Address", "http://127.0.0.1:9/v1"));

        Of("claude").Problem.ShouldBeNull();
    }

    [Fact]
    public void Programs_are_looked_for_in_the_folders_that_Moss_is_told_of_first()
    {
        settings["Moss__CodingAgents__ToolFolders__0"] = "/opt/agents";
        settings["HOME"] = "/home/ann";

        Cli.Doctor.AgentPrograms.Folders(settings).ShouldBe(["/opt/agents", "/home/ann/.cache/moss/agents/bin", "/usr/local/bin", "/usr/bin"]);
    }

    [Fact]
    public async Task A_program_that_fails_or_is_not_there_has_no_version()
    {
        (await Asking.FirstLineAsync("/usr/bin/false", [], CancellationToken.None)).ShouldBeNull();
        (await Asking.FirstLineAsync("/nowhere/at-all", [], CancellationToken.None)).ShouldBeNull();
        (await Asking.FirstLineAsync("/bin/sh", ["-c", "echo one; echo two"], CancellationToken.None)).ShouldBe("one");
    }

    private void Configure(params (string Name, string Value)[] given)
    {
        foreach (var (name, value) in given)
        {
            settings[$"Moss__Models__anthropic__{name}"] = value;
        }
    }

    private AgentNeed Of(string name, bool readable = true) => AgentNeeds.Of(versions, settings, _ => readable).Single(need => need.Name == name);
}
