using System.Collections.Immutable;
using System.Text;
using Moss.CodingAgents;
using Moss.CodingAgents.Command;
using Moss.CodingAgents.Search;
using Moss.Processes;
using Moss.Substrates;

namespace Moss.Adapters.Tests.CodingAgents;

public sealed class ProviderTests
{
    private static readonly Assignment Review = new("k", Role.ReviewPlan, "the prompt", "{}", TimeSpan.FromSeconds(7));

    [Fact]
    public void A_command_is_a_template_of_arguments()
    {
        var agent = new CommandCodingAgent("aider", new(["aider", "--message-file={prompt-file}", "{workspace}", "{report}", "{schema-file}", "{role}", "{other}"]));

        var invocation = agent.Invoke(Review);

        invocation.Program.ShouldBe("aider");
        invocation.Arguments.ShouldBe(
            ["--message-file=/moss/task/prompt.md", "/work", "/moss/out/report.json", "/moss/task/report.schema.json", "review-plan", "{other}"]);
        invocation.WorkingDirectory.ShouldBe("/work");
        invocation.Timeout.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void The_prompt_goes_to_standard_input_only_when_asked_for()
    {
        Encoding.UTF8.GetString(new CommandCodingAgent("a", new(["a"])).Invoke(Review).StandardInput.Span).ShouldBe("the prompt");
        new CommandCodingAgent("a", new(["a"]) { PromptOnStandardInput = false }).Invoke(Review).StandardInput.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Search_is_a_program_of_moss_with_no_need_of_a_network()
    {
        var agent = new SearchCodingAgent();

        agent.Capabilities.NeedsNetwork.ShouldBeFalse();
        string.Join(' ', agent.Invoke(Review).Arguments.Prepend(agent.Invoke(Review).Program)).ShouldBe(
            "/moss/dotnet/dotnet /moss/tools/Moss.AgentTools.dll search --task /moss/task --work /work --out /moss/out --try /moss/try.sock");
    }

    [Fact]
    public void The_report_file_goes_before_what_was_printed()
    {
        Read(new ProcessResult.Exited(0) { Output = "```json\n{\"b\":1}\n```" }, "{\"a\":1}").ShouldBe(new AgentReport.Finished("{\"a\":1}"));
        Read(new ProcessResult.Exited(0) { Output = "```json\n{\"b\":1}\n```" }, null).ShouldBe(new AgentReport.Finished("{\"b\":1}"));
        Read(new ProcessResult.Exited(0) { Output = "Done. Verdict: Converged" }, null).ShouldBe(new AgentReport.Finished(""));
    }

    [Fact]
    public void An_agent_that_fails_is_not_believed_whatever_it_wrote()
    {
        var report = Read(new ProcessResult.Exited(3) { Error = "no model" }, "{\"decision\":\"approve\"}").ShouldBeOfType<AgentReport.Unusable>();

        report.Reason.ShouldBe("agent a ended with exit code 3: no model");
    }

    [Fact]
    public void Late_missing_and_broken_are_told_apart()
    {
        Read(new ProcessResult.TimedOut { Duration = TimeSpan.FromSeconds(7) }, null)
            .ShouldBeOfType<AgentReport.Unusable>().Reason.ShouldBe("agent a timed out after 7 s and was stopped");
        Read(new ProcessResult.TimedOut { Idle = true, Duration = TimeSpan.FromSeconds(7) }, null)
            .ShouldBeOfType<AgentReport.Unusable>().Reason.ShouldBe("agent a was silent for too long and was stopped after 7 s");
        Read(new ProcessResult.NotStarted("bubblewrap is missing"), null).ShouldBeOfType<AgentReport.Unavailable>().Reason.ShouldContain("bubblewrap is missing");
        Read(new ProcessResult.Exited(127), null).ShouldBeOfType<AgentReport.Unavailable>().Reason.ShouldContain("install it");
    }

    [Fact]
    public void The_substrate_chooses_who_plays_which_role()
    {
        var registry = new CodingAgentRegistry([new SearchCodingAgent()]);
        var choice = new AgentChoice
        {
            Roles = new Dictionary<string, string> { ["review-plan"] = "critic" }.ToImmutableSortedDictionary(),
            Commands = new Dictionary<string, CommandAgent> { ["critic"] = new(["critic"]) }.ToImmutableSortedDictionary(),
        };

        registry.For(choice, Role.Locate).ShouldBeOfType<AgentLookup.Found>().Agent.Name.ShouldBe("search");
        registry.For(choice, Role.ReviewPlan).ShouldBeOfType<AgentLookup.Found>().Agent.Name.ShouldBe("critic");
    }

    [Fact]
    public void An_unknown_agent_is_named_with_its_field_and_the_known_ones()
    {
        var missing = new CodingAgentRegistry([new SearchCodingAgent()]).For(new AgentChoice { Default = "oracle" }, Role.Plan)
            .ShouldBeOfType<AgentLookup.Missing>();

        missing.Reason.ShouldContain("'oracle'");
        missing.Reason.ShouldContain("agents.commands");
        missing.Reason.ShouldContain("search");
    }

    private static AgentReport Read(ProcessResult result, string? file) => new CommandCodingAgent("a", new(["a"])).Read(Review, new(result, file));
}
