using Moss.CodingAgents;
using Moss.CodingAgents.Cassettes;
using Moss.CodingAgents.Providers;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Substrates;
using Moss.Testing;
using Moss.Testing.Models.Scripts;

namespace Moss.Adapters.Tests.CodingAgents.Cassettes;

/// <summary>
/// Cassettes of real programs. Those in the folder Recorded were recorded from Claude Code and Codex at the versions of docs/agents.md, with a
/// scripted model behind the real proxy, and are replayed without them. When what agents are asked changes (a prompt, a schema, the work tree of
/// <see cref="AgentBench"/>) they are refused, and <c>MOSS_RECORD=1 ./test --filter RealCassetteTests</c> records them anew.
/// </summary>
public sealed class RealCassetteTests : IDisposable
{
    private readonly AgentBench bench = new() { HasTools = true };
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        bench.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("claude", "anthropic", "claude-sonnet-4-5")]
    [InlineData("codex", "openai-responses", "gpt-5.5")]
    public async Task What_a_real_program_did_is_had_again_without_it(string provider, string protocol, string model)
    {
        var recorded = Path.Combine(SourceTree.Root, "tests/Moss.Adapters.Tests/CodingAgents/Cassettes/Recorded", provider);
        if (Environment.GetEnvironmentVariable("MOSS_RECORD") == "1")
        {
            Directory.CreateDirectory(recorded);
            Directory.GetFiles(recorded, "*.json").ToList().ForEach(File.Delete);
            await RecordAsync(provider, protocol, model, recorded);
        }

        var cassette = Cassette(recorded);
        (cassette.Recording.Agent, cassette.Recording.Reader, cassette.Recording.Model).ShouldBe((provider, provider, model));
        cassette.Recording.Events.Length.ShouldBeGreaterThan(5);

        await ReplayedAsync(recorded);
    }

    [Theory]
    [InlineData("claude", "anthropic", "claude-sonnet-4-5")]
    [InlineData("codex", "openai-responses", "gpt-5.5")]
    public async Task A_real_program_is_recorded_and_replayed_right_away(string provider, string protocol, string model)
    {
        await RecordAsync(provider, protocol, model, folder.Path);

        await ReplayedAsync(folder.Path);
    }

    private static Cassette Cassette(string place) =>
        CassetteJson.Read(File.ReadAllText(Directory.GetFiles(place, "*.json").Single())).ShouldBeOfType<CassetteReading.Good>().Cassette;

    /// <summary>The real program reads a file, edits it and reports.</summary>
    private static async Task RecordAsync(string provider, string protocol, string model, string place)
    {
        await using var proxy = await ProxyBench.StartAsync(protocol);
        using var bench = new AgentBench
        {
            Models = proxy.Proxy, ToolFolders = [.. AgentPrograms.FoldersFor(provider)], RecordTo = place, Timeout = TimeSpan.FromSeconds(120),
        };
        proxy.Model.Answer = ScriptedModel.Plays(ModelScript.Of(
            new ModelTurn.Read("/work/src/a.py"), new ModelTurn.Edit("/work/src/a.py", "x = 1", "1", "2"),
            new ModelTurn.Say("Done.\n\n```json\n{\"subject\":\"Count from two\"}\n```")));

        var outcome = await bench.RunAsync(RoleCatalog.Implement, Catalog.Create(provider, new AgentModel { Upstream = "stub", Name = model })!);

        outcome.ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>().Report.Subject.ShouldBe("Count from two");
        bench.Read("src/a.py").ShouldBe("x = 2\n");
    }

    private async Task ReplayedAsync(string place)
    {
        var outcome = await bench.RunAsync(RoleCatalog.Implement, new ReplayCodingAgent(place));

        (outcome is RoleOutcome<ImplementReport>.Unavailable unavailable ? unavailable.Reason : "").ShouldBeEmpty();
        outcome.ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>().Report.Subject.ShouldBe("Count from two");
        outcome.Use.Cost.ShouldBe(AgentCost.Nothing);
        bench.Read("src/a.py").ShouldBe("x = 2\n");
        bench.Read("src/vendor/lib.py").ShouldBe("y = 1\n");
    }
}
