using System.Text.Json.Nodes;
using Moss.CodingAgents.Roles;

namespace Moss.Adapters.Tests.CodingAgents.Roles;

public sealed class ReportParsingTests
{
    private const string Locate = """
        {
          "summary": "The second lookup gets the first one's result.",
          "failureClass": "structural",
          "files": [
            { "path": "/work/src/router.py", "lines": [{ "start": 3, "end": 9 }], "reason": "pairs results by position" },
            { "path": "./src/a b.py" }
          ]
        }
        """;

    private const string Plan = """
        {
          "rootCause": "Results are paired by position.", "change": "Pair them by call id.", "files": ["src/router.py"],
          "leftAlone": "the model", "expectedEffect": [{ "scenario": "s1", "effect": "passes" }], "risk": "none known"
        }
        """;

    [Fact]
    public void A_diagnosis_is_read_as_data()
    {
        var report = RoleCatalog.Locate.Parse(Locate).ShouldBeOfType<ReportCheck<LocateReport>.Good>().Report;

        report.FailureClass.ShouldBe(FailureClass.Structural);
        report.Files.Select(file => file.Path).ShouldBe(["src/router.py", "src/a b.py"]);
        report.Files[0].Lines.ShouldBe([new LineRange(3, 9)]);
        report.Files[1].Lines.ShouldBeEmpty();
    }

    [Fact]
    public void A_plan_is_read_as_data()
    {
        var report = RoleCatalog.Plan.Parse(Plan).ShouldBeOfType<ReportCheck<PlanReport>.Good>().Report;

        report.Files.ShouldBe(["src/router.py"]);
        report.ExpectedEffect.ShouldBe([new ExpectedEffect("s1", "passes")]);
    }

    [Theory]
    [InlineData("approve", PlanDecision.Approve)]
    [InlineData("offTarget", PlanDecision.OffTarget)]
    [InlineData("TooNarrow", PlanDecision.TooNarrow)]
    public void A_plan_review_is_one_of_three_words(string word, PlanDecision decision) =>
        RoleCatalog.ReviewPlan.Parse($$"""{"decision":"{{word}}","reason":"r"}""")
            .ShouldBeOfType<ReportCheck<PlanReviewReport>.Good>().Report.ShouldBe(new(decision, "r"));

    [Fact]
    public void The_other_reports_are_read_as_data()
    {
        RoleCatalog.ReviewCode.Parse("""{"decision":"reject","reason":"r"}""")
            .ShouldBeOfType<ReportCheck<CodeReviewReport>.Good>().Report.ShouldBe(new(CodeDecision.Reject, "r"));
        RoleCatalog.Implement.Parse("""{"subject":"Pair by id","body":"b"}""")
            .ShouldBeOfType<ReportCheck<ImplementReport>.Good>().Report.ShouldBe(new("Pair by id", "b"));
        RoleCatalog.ProposeVerdict.Parse("""{"proposal":"needMoreWork","reason":"r"}""")
            .ShouldBeOfType<ReportCheck<VerdictReport>.Good>().Report.ShouldBe(new(VerdictProposal.NeedMoreWork, "r"));
    }

    [Theory]
    [InlineData("""{"failureClass":"structural","files":[{"path":"a"}]}""", "summary is missing: it must be a text")]
    [InlineData("""{"summary":"  ","failureClass":"structural","files":[{"path":"a"}]}""", "summary must not be empty")]
    [InlineData("""{"summary":7,"failureClass":"structural","files":[{"path":"a"}]}""", "summary must be a text")]
    [InlineData("""{"summary":"s","files":[{"path":"a"}]}""", "failureClass is missing: it must be one of surface, structural, model, environment")]
    [InlineData("""{"summary":"s","failureClass":"harness","files":[{"path":"a"}]}""", "failureClass must be one of surface, structural, model, environment")]
    [InlineData("""{"summary":"s","failureClass":"1","files":[{"path":"a"}]}""", "failureClass must be one of surface, structural, model, environment")]
    [InlineData("""{"summary":"s","failureClass":"model"}""", "files is missing: it must be a list")]
    [InlineData("""{"summary":"s","failureClass":"model","files":[]}""", "files must name at least one file")]
    [InlineData("""{"summary":"s","failureClass":"model","files":"a"}""", "files must be a list")]
    [InlineData("""{"summary":"s","failureClass":"model","files":["a"]}""", "files[0] must be a JSON object")]
    [InlineData("""{"summary":"s","failureClass":"model","files":[{"path":"a"},{"lines":[]}]}""", "files[1].path is missing: it must be a text")]
    [InlineData("""{"summary":"s","failureClass":"model","files":[{"path":"../a"}]}""", "files[0].path must be a path relative to the work tree, without '..'")]
    [InlineData("""{"summary":"s","failureClass":"model","files":[{"path":"/etc/passwd"}]}""", "files[0].path must be a path relative to the work tree, without '..'")]
    [InlineData("""{"summary":"s","failureClass":"model","files":[{"path":"a","lines":[{"start":0,"end":1}]}]}""", "files[0].lines[0].start must be a whole number from 1 on")]
    [InlineData("""{"summary":"s","failureClass":"model","files":[{"path":"a","lines":[{"start":5,"end":4}]}]}""", "files[0].lines[0].end must not be less than start")]
    [InlineData("""{"summary":"s","failureClass":"model","files":[{"path":"a","line":3}]}""", "files[0].line is not a field of this report")]
    [InlineData("""{"summary":"s","failureClass":"model","files":[{"path":"a"}],"verdict":"Converged"}""", "verdict is not a field of this report")]
    [InlineData("[]", "the report must be a JSON object")]
    [InlineData("null", "the report must be a JSON object")]
    public void A_problem_names_its_field(string json, string problem) =>
        RoleCatalog.Locate.Parse(json).ShouldBeOfType<ReportCheck<LocateReport>.Malformed>().Problems.ShouldContain(problem);

    [Theory]
    [InlineData("")]
    [InlineData("I approve of this plan.")]
    [InlineData("""{"decision":"approve","reason":"r"} and more""")]
    [InlineData("""{"decision":"approve",""")]
    public void What_is_not_json_is_not_a_report(string text) =>
        RoleCatalog.ReviewPlan.Parse(text).ShouldBeOfType<ReportCheck<PlanReviewReport>.Malformed>().Problems.ShouldHaveSingleItem();

    [Fact]
    public void All_problems_are_told_at_once() =>
        RoleCatalog.Plan.Parse("{}").ShouldBeOfType<ReportCheck<PlanReport>.Malformed>().Problems.Length.ShouldBe(4);

    [Fact]
    public void A_report_without_measure_is_refused()
    {
        var longest = new string('x', 9000);

        RoleCatalog.ReviewCode.Parse($$"""{"decision":"approve","reason":"{{longest}}"}""")
            .ShouldBeOfType<ReportCheck<CodeReviewReport>.Malformed>().Problems.ShouldBe(["reason is longer than 8000 characters"]);
    }

    [Fact]
    public void A_commit_subject_is_one_line() =>
        RoleCatalog.Implement.Parse("""{"subject":"a\nCost: 0"}""")
            .ShouldBeOfType<ReportCheck<ImplementReport>.Malformed>().Problems.ShouldContain("subject must be one line");

    [Fact]
    public void A_required_field_of_a_schema_is_a_required_field_of_its_parser()
    {
        Agrees(RoleCatalog.Locate, Locate);
        Agrees(RoleCatalog.Plan, Plan);
        Agrees(RoleCatalog.ReviewPlan, """{"decision":"approve","reason":"r"}""");
        Agrees(RoleCatalog.Implement, """{"subject":"s","body":"b"}""");
        Agrees(RoleCatalog.ReviewCode, """{"decision":"approve","reason":"r"}""");
        Agrees(RoleCatalog.ProposeVerdict, """{"proposal":"converged","reason":"r"}""");
    }

    private static void Agrees<TReport>(RoleSpec<TReport> role, string golden)
        where TReport : class
    {
        var schema = JsonNode.Parse(role.Schema)!;
        var required = schema["required"]!.AsArray().Select(name => name!.GetValue<string>()).ToHashSet();
        var whole = JsonNode.Parse(golden)!.AsObject();
        schema["properties"]!.AsObject().Select(field => field.Key).ShouldBe(whole.Select(field => field.Key), ignoreOrder: true);

        role.Parse(golden).ShouldBeOfType<ReportCheck<TReport>.Good>();
        foreach (var name in whole.Select(field => field.Key).ToList())
        {
            var without = whole.DeepClone().AsObject();
            without.Remove(name);
            var check = role.Parse(without.ToJsonString());
            (check is ReportCheck<TReport>.Malformed).ShouldBe(required.Contains(name), $"{role.Role}.{name}");
        }
    }
}
