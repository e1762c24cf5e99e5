using Moss.CodingAgents;
using Moss.CodingAgents.Providers;
using Moss.Processes;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Providers;

/// <summary>What the real programs printed, read again.</summary>
public sealed class EventReadingTests
{
    private static readonly Assignment Implement = new("k", Role.Implement, "the prompt", "{}", TimeSpan.FromSeconds(7));

    [Theory]
    [InlineData("codex", 2000, 100)]
    [InlineData("claude", 3000, 150)]
    [InlineData("qwen", 3000, 150)]
    [InlineData("gemini", 3000, 150)]
    [InlineData("opencode", 3000, 150)]
    [InlineData("pi", 3000, 150)]
    [InlineData("openai-api", 2000, 100)]
    [InlineData("anthropic-api", 2000, 100)]
    public void A_run_that_finished_has_its_tokens(string provider, long tokensIn, long tokensOut)
    {
        var report = Read(provider, new ProcessResult.Exited(0) { Output = Recorded($"{provider}-ok") }, file: "{}").ShouldBeOfType<AgentReport.Finished>();

        (report.Cost.TokensIn, report.Cost.TokensOut).ShouldBe((tokensIn, tokensOut));
        (report.Cost.Dollars > 0, report.Cost.Estimated).ShouldBe((provider == "claude", provider != "claude"));
    }

    [Theory]
    [InlineData("codex")]
    [InlineData("claude")]
    [InlineData("qwen")]
    [InlineData("gemini")]
    [InlineData("opencode")]
    [InlineData("pi")]
    [InlineData("openai-api")]
    [InlineData("anthropic-api")]
    public void Without_the_event_that_says_so_nothing_finished_whatever_else_says_it(string provider)
    {
        var lines = Recorded($"{provider}-ok").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Read(provider, new ProcessResult.Exited(0) { Output = string.Join('\n', lines[..^1]) }, file: "{\"decision\":\"approve\"}").ShouldBeOfType<AgentReport.Unusable>();
        Read(provider, new ProcessResult.Exited(1) { Output = string.Join('\n', lines) }, file: "{\"decision\":\"approve\"}").ShouldBeOfType<AgentReport.Unusable>();
        Read(provider, new ProcessResult.Exited(0) { Output = "All done, and approved." }, file: null).ShouldBeOfType<AgentReport.Unusable>();
    }

    [Theory]
    [InlineData("codex", "codex-e401", 1, "401")]
    [InlineData("claude", "claude-e401", 1, "401")]
    [InlineData("gemini", "gemini-e500", 244, "500")]
    [InlineData("opencode", "opencode-e401", 1, "401")]
    [InlineData("pi", "pi-e500", 0, "500")]
    [InlineData("openai-api", "openai-api-e401", 1, "401")]
    public void A_model_that_refuses_is_an_outage(string provider, string recorded, int exit, string status) =>
        Read(provider, new ProcessResult.Exited(exit) { Output = Recorded(recorded) }, null).ShouldBeOfType<AgentReport.Unavailable>().Reason.ShouldContain(status);

    [Fact]
    public void The_report_is_what_the_program_checked_where_it_does() =>
        Read("claude", new ProcessResult.Exited(0) { Output = Recorded("claude-json") }, null)
            .ShouldBeOfType<AgentReport.Finished>().Json.ShouldContain("\"verdict\":\"approve\"");

    [Fact]
    public void A_limit_of_turns_is_no_result() =>
        Read("claude", new ProcessResult.Exited(1) { Output = Recorded("claude-loop") }, null).ShouldBeOfType<AgentReport.Unusable>().Reason.ShouldContain("error_max_turns");

    [Fact]
    public void A_program_that_is_missing_or_late_is_told_apart()
    {
        Read("codex", new ProcessResult.Exited(127), null).ShouldBeOfType<AgentReport.Unavailable>().Reason.ShouldContain("install it");
        Read("codex", new ProcessResult.TimedOut { Duration = TimeSpan.FromSeconds(7) }, null).ShouldBeOfType<AgentReport.Unusable>().Reason.ShouldContain("timed out after 7 s");
    }

    [Theory]
    [InlineData("codex")]
    [InlineData("claude")]
    [InlineData("qwen")]
    [InlineData("gemini")]
    [InlineData("opencode")]
    [InlineData("pi")]
    [InlineData("openai-api")]
    [InlineData("anthropic-api")]
    public void Lines_of_any_other_kind_are_not_events(string provider)
    {
        const string odd = "{\n{\"type\":7}\n{\"type\":\"result\"}\n{\"type\":\"error\"}\n{\"type\":\"agent_end\",\"messages\":[]}\n[1]\nnull\n{\"type\":\"step_finish\",\"part\":\"x\"}\n{\"type\":\"turn.completed\",\"usage\":\"much\"}";

        Should.NotThrow(() => Read(provider, new ProcessResult.Exited(3) { Output = odd }, null)).ShouldNotBeOfType<AgentReport.Finished>();
    }

    private static string Recorded(string name) => SourceTree.Read($"tests/Moss.Adapters.Tests/CodingAgents/Providers/Recorded/{name}.jsonl");

    private static AgentReport Read(string provider, ProcessResult result, string? file) => Catalog.Create(provider)!.Read(Implement, new(result, file));
}
