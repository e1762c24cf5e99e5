using System.Text;
using System.Text.Json.Nodes;
using Moss.Replays;
using Moss.Replays.Reading;
using Moss.Testing;

namespace Moss.Adapters.Tests.Replays;

public sealed class ScenarioReaderTests
{
    private const string Grader = """{"id":"g","kind":"exact","value":1}""";

    [Fact]
    public void The_example_in_the_documentation_is_read_as_it_stands()
    {
        var page = SourceTree.Read("docs/scenarios.md");
        var start = page.IndexOf("```json\n", StringComparison.Ordinal) + 8;
        var example = page[start..page.IndexOf("\n```", start, StringComparison.Ordinal)];

        var scenario = Valid(example);

        scenario.Id.ShouldBe("refund-after-exchange");
        scenario.Seed.ShouldBe(7);
        scenario.Clock.ShouldBe("2026-01-05T09:00:00Z");
        scenario.Tags.ShouldBe(["refunds"]);
        scenario.Graders.Select(grader => grader.GetType().Name).ShouldBe(["JsonPathEquals", "Numeric", "Regex", "Regex", "Schema", "Script"]);
        scenario.Graders[1].ShouldBe(new Grader.Numeric("amount", "$.refund.amount", 19.9, 0.005) { Weight = 2 });
        scenario.Graders[2].ShouldBe(new Grader.Regex("polite", "(?i)sorry|thank", false) { Path = "$.reply", Required = false, Weight = 0.5 });
        scenario.Graders[3].ShouldBe(new Grader.Regex("one-call", "(?s)issue_refund.*issue_refund", true) { Target = GraderTarget.Transcript });
        scenario.Graders[5].ShouldBeOfType<Grader.Script>().Command.ShouldBe(["python3", "checks/ledger.py"]);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var scenario = Valid($$"""{"id":"a","input":null,"graders":[{{Grader}}]}""");
        (scenario.Title, scenario.Seed, scenario.Clock, scenario.Tags.Length, scenario.Input).ShouldBe(("a", 1, null, 0, null));
        scenario.Graders[0].ShouldBe(new Grader.Exact("g", scenario.Graders[0].ShouldBeOfType<Grader.Exact>().Value) { Weight = 1, Required = true, Target = GraderTarget.Answer });
    }

    [Theory]
    [InlineData("""{"input":1,"graders":[G]}""", "$.id", "is missing")]
    [InlineData("""{"id":"","input":1,"graders":[G]}""", "$.id", "is empty")]
    [InlineData("""{"id":"a b","input":1,"graders":[G]}""", "$.id", "is 'a b'")]
    [InlineData("""{"id":"../up","input":1,"graders":[G]}""", "$.id", "is '../up'")]
    [InlineData("""{"id":7,"input":1,"graders":[G]}""", "$.id", "is a number, must be a text")]
    [InlineData("""{"id":"a","graders":[G]}""", "$.input", "is missing")]
    [InlineData("""{"id":"a","input":1}""", "$.graders", "is missing")]
    [InlineData("""{"id":"a","input":1,"graders":[]}""", "$.graders", "is empty")]
    [InlineData("""{"id":"a","input":1,"graders":{}}""", "$.graders", "is an object")]
    [InlineData("""{"id":"a","input":1,"graders":[G,G]}""", "$.graders", "has the id 'g' 2 times")]
    [InlineData("""{"id":"a","input":1,"graders":["x"]}""", "$.graders[0]", "is a text, must be an object")]
    [InlineData("""{"id":"a","input":1,"graders":[{"id":"g","kind":"exact","value":1,"required":false}]}""", "$.graders", "has no required grader")]
    [InlineData("""{"id":"a","input":1,"graders":[G],"title":5}""", "$.title", "is a number")]
    [InlineData("""{"id":"a","input":1,"graders":[G],"seed":1.5}""", "$.seed", "is 1.5")]
    [InlineData("""{"id":"a","input":1,"graders":[G],"seed":4294967296}""", "$.seed", "whole number of 32 bits")]
    [InlineData("""{"id":"a","input":1,"graders":[G],"clock":"yesterday"}""", "$.clock", "is 'yesterday'")]
    [InlineData("""{"id":"a","input":1,"graders":[G],"tags":"x"}""", "$.tags", "is a text")]
    [InlineData("""{"id":"a","input":1,"graders":[G],"tags":[1]}""", "$.tags", "list with other things")]
    [InlineData("""{"id":"a","input":1,"graders":[G],"grader":[]}""", "$.grader", "is not known here")]
    [InlineData("""{"id":"a","id":"b","input":1,"graders":[G]}""", "$", "is not valid JSON")]
    [InlineData("""{"id":"a",""", "$", "is not valid JSON at line 1")]
    [InlineData("[]", "$", "is a list, must be an object")]
    [InlineData("", "$", "is not valid JSON")]
    public void A_wrong_scenario_says_where_and_what(string json, string path, string problem) =>
        SingleProblem(json.Replace("G", Grader, StringComparison.Ordinal), path, problem);

    [Theory]
    [InlineData("""{"kind":"exact","value":1}""", ".id", "is missing")]
    [InlineData("""{"id":"g","value":1}""", ".kind", "is missing")]
    [InlineData("""{"id":"g","kind":"vibes"}""", ".kind", "is 'vibes'")]
    [InlineData("""{"id":"g","kind":"exact"}""", ".value", "is missing")]
    [InlineData("""{"id":"g","kind":"exact","value":1,"target":"output"}""", ".value", "the target is a text")]
    [InlineData("""{"id":"g","kind":"exact","value":1,"target":"mind"}""", ".target", "is 'mind'")]
    [InlineData("""{"id":"g","kind":"exact","value":1,"weight":0}""", ".weight", "is 0, must be a number above 0")]
    [InlineData("""{"id":"g","kind":"exact","value":1,"weight":"1"}""", ".weight", "must be a number above 0")]
    [InlineData("""{"id":"g","kind":"exact","value":1,"weight":1e999}""", ".weight", "must be a number above 0")]
    [InlineData("""{"id":"g","kind":"exact","value":1,"required":"yes"}""", ".required", "is a text, must be true or false")]
    [InlineData("""{"id":"g","kind":"exact","value":1,"tolerance":1}""", ".tolerance", "is not known here")]
    [InlineData("""{"id":"g","kind":"jsonPathEquals","value":1}""", ".path", "is missing")]
    [InlineData("""{"id":"g","kind":"jsonPathEquals","path":"status","value":1}""", ".path", "must begin with $")]
    [InlineData("""{"id":"g","kind":"regex"}""", ".pattern", "is missing")]
    [InlineData("""{"id":"g","kind":"regex","pattern":"("}""", ".pattern", "is not a regular expression")]
    [InlineData("""{"id":"g","kind":"regex","pattern":"a","absent":1}""", ".absent", "is a number")]
    [InlineData("""{"id":"g","kind":"numeric","path":"$"}""", ".value", "is missing")]
    [InlineData("""{"id":"g","kind":"numeric","path":"$","value":"1"}""", ".value", "is \"1\"")]
    [InlineData("""{"id":"g","kind":"numeric","path":"$","value":1,"tolerance":-1}""", ".tolerance", "is -1")]
    [InlineData("""{"id":"g","kind":"schema"}""", ".definition", "is missing")]
    [InlineData("""{"id":"g","kind":"schema","definition":{"properties":{"a":{"oneOf":[]}}}}""", ".definition.properties.a.oneOf", "is not a keyword")]
    [InlineData("""{"id":"g","kind":"script"}""", ".command", "names no program")]
    [InlineData("""{"id":"g","kind":"script","command":"check.py"}""", ".command", "is a text")]
    public void A_wrong_grader_says_where_and_what(string grader, string member, string problem)
    {
        var reading = ScenarioReader.Read("scenarios/a.json", Encoding.UTF8.GetBytes($$"""{"id":"a","input":1,"graders":[{{grader}}]}"""));
        var problems = reading.ShouldBeOfType<ScenarioReading.Invalid>().Problems;
        problems[0].Path.ShouldBe("$.graders[0]" + member);
        problems[0].Problem.ShouldContain(problem);
        problems[0].Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_problem_of_a_file_is_told_at_once_with_the_file_in_it()
    {
        var reading = ScenarioReader.Read("scenarios/a.json", """{"id":"a!","seed":"x","graders":[{"id":"g"}],"note":1}"""u8);
        var problems = reading.ShouldBeOfType<ScenarioReading.Invalid>().Problems;
        problems.Select(problem => problem.Path).ShouldBe(["$.id", "$.input", "$.graders[0].kind", "$.seed", "$.note"], ignoreOrder: true);
        problems[0].ToString().ShouldBe("scenarios/a.json: $.id is 'a!'. Use 1 to 80 of a-z A-Z 0-9 . _ - and begin with a letter or a digit.");
    }

    [Fact]
    public void Invalid_utf8_names_the_byte()
    {
        byte[] content = [.. "{\"id\":\"a"u8, 0xff, .. "\"}"u8];
        var problem = ScenarioReader.Read("a.json", content).ShouldBeOfType<ScenarioReading.Invalid>().Problems.ShouldHaveSingleItem();
        problem.Problem.ShouldBe("is not valid UTF-8 at byte 9");
    }

    [Fact]
    public void A_byte_order_mark_is_no_problem() =>
        ScenarioReader.Read("a.json", [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes($$"""{"id":"a","input":1,"graders":[{{Grader}}]}""")])
            .ShouldBeOfType<ScenarioReading.Valid>();

    [Fact]
    public void A_file_above_the_limit_is_refused()
    {
        var problem = ScenarioReader.Read("a.json", new byte[ScenarioReader.MaximumBytes + 1]).ShouldBeOfType<ScenarioReading.Invalid>().Problems.ShouldHaveSingleItem();
        problem.Problem.ShouldContain("1,048,577 bytes");
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var deep = new string('[', 5000) + new string(']', 5000);
        SingleProblem($$"""{"id":"a","input":{{deep}},"graders":[{{Grader}}]}""", "$", "is not valid JSON");
    }

    [Fact]
    public void Too_many_graders_are_refused()
    {
        var graders = string.Join(',', Enumerable.Range(0, 101).Select(index => $$"""{"id":"g{{index}}","kind":"exact","value":1}"""));
        SingleProblem($$"""{"id":"a","input":1,"graders":[{{graders}}]}""", "$.graders", "has 101 entries");
    }

    [Fact]
    public void What_is_written_in_full_reads_back_the_same()
    {
        var page = SourceTree.Read("docs/scenarios.md");
        var start = page.IndexOf("```json\n", StringComparison.Ordinal) + 8;
        var scenario = Valid(page[start..page.IndexOf("\n```", start, StringComparison.Ordinal)]);

        var once = ScenarioWriter.WriteFull(scenario);

        ScenarioWriter.WriteFull(Valid(Encoding.UTF8.GetString(once))).ShouldBe(once);
        Valid(Encoding.UTF8.GetString(once)).Graders.Length.ShouldBe(6);
    }

    [Fact]
    public void The_task_of_a_trial_has_no_graders_and_no_tags()
    {
        var scenario = Valid($$"""{"id":"a","title":"Größe","input":{"x":[1]},"seed":3,"clock":"2026-01-05T09:00:00Z","tags":["t"],"graders":[{{Grader}}]}""");
        var task = JsonNode.Parse(ScenarioWriter.WriteTask(scenario))!.AsObject();
        task.Select(member => member.Key).ShouldBe(["id", "title", "input", "seed", "clock"]);
        task["input"]!.ToJsonString().ShouldBe("""{"x":[1]}""");
    }

    private static Scenario Valid(string json)
    {
        var reading = ScenarioReader.Read("scenarios/a.json", Encoding.UTF8.GetBytes(json));
        return reading is ScenarioReading.Valid valid
            ? valid.Scenario
            : throw new ShouldAssertException(string.Join('\n', ((ScenarioReading.Invalid)reading).Problems));
    }

    private static void SingleProblem(string json, string path, string problem)
    {
        var found = ScenarioReader.Read("scenarios/a.json", Encoding.UTF8.GetBytes(json)).ShouldBeOfType<ScenarioReading.Invalid>().Problems.ShouldHaveSingleItem();
        found.File.ShouldBe("scenarios/a.json");
        found.Path.ShouldBe(path);
        found.Problem.ShouldContain(problem);
        found.Fix.ShouldNotBeEmpty();
    }
}
