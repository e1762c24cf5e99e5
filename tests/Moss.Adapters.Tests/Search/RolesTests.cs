using System.Text.Json;
using Moss.AgentTools.Roles;
using Moss.AgentTools.Try;

namespace Moss.Adapters.Tests.Search;

public sealed class RolesTests
{
    private const string Source = "def low(n):\n    return n > 10\n\n\ndef solve(n, kind):\n    if kind:\n        return low(n)\n    return n\n";
    private static readonly (string, string, string)[] Scenarios = [("ten", "[10, true]", "true"), ("plain", "[3, false]", "3")];

    [Fact]
    public async Task Locate_names_the_lines_that_only_failures_run()
    {
        var report = await RunAsync<LocateReport>("locate");
        report.FailureClass.ShouldBe("Structural");
        report.Summary.ShouldStartWith("1 of 2 scenarios fail (ten).");
        var file = report.Files.ShouldHaveSingleItem();
        file.Path.ShouldBe("program.py");
        file.Lines.ShouldContain(l => l.Start <= 2 && l.End >= 2);
        file.Lines.ShouldNotContain(l => l.Start <= 8 && l.End >= 8);
    }

    [Fact]
    public async Task Plan_stays_with_the_files_of_the_diagnosis()
    {
        var report = await RunAsync<PlanReport>("plan", a => a with
        {
            EditableFiles = ["program.py", "other.py"],
            Diagnosis = """{"summary": "s", "failureClass": "Structural", "files": [{"path": "program.py", "lines": [], "reason": "r"}, {"path": "locked.py", "lines": [], "reason": "r"}]}""",
        });
        report.Files.ShouldBe(["program.py"]);
        report.ExpectedEffect.Select(e => e.Scenario).ShouldBe(["plain", "ten"]);
    }

    [Theory]
    [InlineData("""["program.py"]""", "approve")]
    [InlineData("""["locked.py"]""", "offTarget")]
    [InlineData("""["other.py"]""", "offTarget")]
    [InlineData("[]", "offTarget")]
    public async Task ReviewPlan_checks_the_files(string files, string decision)
    {
        var report = await RunAsync<ReviewReport>("review-plan", a => a with
        {
            EditableFiles = ["program.py", "other.py"],
            Diagnosis = """{"summary": "s", "failureClass": "Structural", "files": [{"path": "program.py", "lines": [], "reason": "r"}]}""",
            Plan = $$"""{"rootCause": "r", "change": "c", "files": {{files}}, "leftAlone": "l", "expectedEffect": [], "risk": "r"}""",
        });
        report.Decision.ShouldBe(decision);
        report.Reason.ShouldStartWith("Mechanical check");
    }

    [Theory]
    [InlineData(">=", "program.py", "approve")]
    [InlineData(">", "program.py", "reject")]
    [InlineData(">=", "locked.py", "reject")]
    public async Task ReviewCode_checks_the_files_and_the_batch(string comparison, string touched, string decision)
    {
        var report = await RunAsync<ReviewReport>(
            "review-code",
            a => a with
            {
                Diff = $"--- a/{touched}\n+++ b/{touched}\n@@ -2 +2 @@\n-    return n > 10\n+    return n >= 10\n",
                Scenarios = [new ScenarioBrief("ten", "", "", 0), new ScenarioBrief("plain", "", "", 1)],
            },
            Source.Replace("> 10", comparison + " 10", StringComparison.Ordinal));
        report.Decision.ShouldBe(decision);
    }

    [Theory]
    [InlineData(">=", "Converged")]
    [InlineData(">", "NeedMoreWork")]
    public async Task ProposeVerdict_follows_the_batch(string comparison, string proposal) =>
        (await RunAsync<VerdictReport>("propose-verdict", null, Source.Replace("> 10", comparison + " 10", StringComparison.Ordinal))).Proposal.ShouldBe(proposal);

    private static async Task<T> RunAsync<T>(string role, Func<Assignment, Assignment>? change = null, string source = Source)
    {
        using var work = Repairing.WorkTree(source);
        await using var server = new FakeTryServer(work, Scenarios);
        var assignment = new Assignment("key", role, "sample", [.. server.Ids.Select(id => new ScenarioBrief(id, id, "", 0))], ["program.py"])
        {
            Coverage = "python",
            TimeoutSeconds = 60,
        };
        return JsonSerializer.Deserialize<T>(await Repairing.RunAsync(server, change is null ? assignment : change(assignment)), Wire.Options)!;
    }
}
