using Moss.AgentChecks;
using Moss.AgentChecks.Checks;

namespace Moss.Adapters.Tests.CodingAgents.Checks;

/// <summary>The bench can fail: agents that do not what they should are told from one that does.</summary>
public sealed class AgentJudgeTests
{
    private readonly List<string> told = [];

    [Fact]
    public async Task An_agent_that_does_what_it_should_conforms()
    {
        var row = await JudgeAsync(
            ScriptedAgents.Asking(stumbles: false), "edits-one-file", "runs-a-command", "reading-role-cannot-edit", "report-is-parsed", "tokens-are-read", "model-401", "odd-file-names");

        row.Failures.ShouldBeNull();
        row.Conforms.ShouldBeTrue();
        row.Checks.Count.ShouldBe(7);
        row.Checks.Values.ShouldAllBe(passed => passed);
        told.ShouldContain("edits-one-file: ok");
    }

    [Fact]
    public async Task An_agent_that_breaks_off_where_it_may_not_edit_fails_that_check_alone()
    {
        var row = await JudgeAsync(ScriptedAgents.Asking(stumbles: true), "edits-one-file", "reading-role-cannot-edit", "report-is-parsed");

        row.Conforms.ShouldBeFalse();
        row.Checks.ShouldBe([new("edits-one-file", true), new("reading-role-cannot-edit", false), new("report-is-parsed", true)]);
        row.Failures!.ShouldHaveSingleItem().Key.ShouldBe("reading-role-cannot-edit");
        row.Failures!["reading-role-cannot-edit"].ShouldContain("Read-only file system");
    }

    [Fact]
    public async Task An_agent_that_makes_its_reports_up_is_found_out()
    {
        var row = await JudgeAsync(ScriptedAgents.Pretender, "edits-one-file", "report-is-parsed", "tokens-are-read", "model-500", "prompt-of-500-kb");

        row.Conforms.ShouldBeFalse();
        row.Checks.Where(check => check.Value).Select(check => check.Key).ShouldBe(["report-is-parsed"]);
        row.Failures!["model-500"].ShouldStartWith("an outage was expected, and it reported ");
        row.Failures!.Values.ShouldAllBe(reason => !reason.Contains('\n'));
    }

    private Task<AgentRow> JudgeAsync(AgentSubject subject, params string[] checks) =>
        new AgentJudge(checks.Select(AgentCheck.Named), runs: 0, (check, reason) => told.Add($"{check}: {reason ?? "ok"}"))
            .JudgeAsync(subject, "1.2.3", CancellationToken.None);
}
