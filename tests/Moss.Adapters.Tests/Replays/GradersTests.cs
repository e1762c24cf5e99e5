using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Moss.Domain.Judgement;
using Moss.Replays;
using Moss.Replays.Grading;

namespace Moss.Adapters.Tests.Replays;

public sealed class GradersTests
{
    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1e2", "100", true)]
    [InlineData("\"1\"", "1", false)]
    [InlineData("""{"a":1,"b":[2]}""", """{"b":[2.0],"a":1}""", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("null", "null", true)]
    [InlineData("null", "0", false)]
    [InlineData("\"é\"", "\"\\u00e9\"", true)]
    [InlineData("\"e\\u0301\"", "\"é\"", false)]
    [InlineData("12345678901234567890123", "12345678901234567890124", false)]
    [InlineData("true", "1", false)]
    public void Exact_compares_values_and_not_how_they_are_written(string answer, string expected, bool passes) =>
        Passes(new Grader.Exact("g", JsonNode.Parse(expected)), Answer(answer)).ShouldBe(passes);

    [Theory]
    [InlineData("done\r\n", "done", true)]
    [InlineData("  a\r\nb\n", "a\nb", true)]
    [InlineData("a b", "a  b", false)]
    public void Exact_on_a_text_ignores_line_ends_and_outer_blanks(string output, string expected, bool passes) =>
        Passes(new Grader.Exact("g", expected) { Target = GraderTarget.Output }, new TrialRemains(null, "null", "", output)).ShouldBe(passes);

    [Fact]
    public void A_path_that_leads_nowhere_says_so()
    {
        var result = Graders.Grade(new Grader.JsonPathEquals("g", "$.a.b", 1), Answer("""{"a":{}}"""));
        (result.Score, result.Note).ShouldBe((0, "there is no $['a']['b']"));
    }

    [Fact]
    public void A_value_that_is_null_is_there() => Passes(new Grader.JsonPathEquals("g", "$.a", null), Answer("""{"a":null}""")).ShouldBeTrue();

    [Fact]
    public void A_wrong_value_is_shown_and_cut()
    {
        var result = Graders.Grade(new Grader.JsonPathEquals("g", "$.a", 4), Answer($$"""{"a":"{{new string('x', 5000)}}"}"""));
        result.Note.ShouldStartWith("$.a is \"xxx");
        result.Note.ShouldEndWith("…, expected 4");
        result.Note.Length.ShouldBeLessThan(200);
    }

    [Theory]
    [InlineData("""{"n":10.04}""", true)]
    [InlineData("""{"n":9.95}""", true)]
    [InlineData("""{"n":10.051}""", false)]
    [InlineData("""{"n":"10"}""", false)]
    [InlineData("""{"n":1e999}""", false)]
    [InlineData("""{}""", false)]
    public void Numeric_is_within_its_tolerance(string answer, bool passes) =>
        Passes(new Grader.Numeric("g", "$.n", 10, 0.05), Answer(answer)).ShouldBe(passes);

    [Fact]
    public void Numeric_without_tolerance_forgives_binary_fractions_alone()
    {
        Passes(new Grader.Numeric("g", "$", 0.3, 0), Answer("0.30000000000000004")).ShouldBeTrue();
        Passes(new Grader.Numeric("g", "$", 0.3, 0), Answer("0.3001")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"refunded\"", "^refunded$", false, true)]
    [InlineData("""{"a": 1}""", "\"a\": 1", false, true)]
    [InlineData("\"x\"", "secret", true, true)]
    [InlineData("\"a secret\"", "secret", true, false)]
    [InlineData("\"aab\"", "(?=aab)a", false, true)]
    [InlineData("\"abab\"", "(ab)\\1", false, true)]
    public void Regex_matches_the_text_of_the_answer(string answer, string pattern, bool absent, bool passes) =>
        Passes(new Grader.Regex("g", pattern, absent), Answer(answer)).ShouldBe(passes);

    [Theory]
    [InlineData("$.reply", "^Sorry", true)]
    [InlineData("$.items", "^\\[1,2\\]$", true)]
    [InlineData("$.nothing", ".*", false)]
    public void Regex_may_look_at_one_value(string path, string pattern, bool passes) =>
        Passes(new Grader.Regex("g", pattern, false) { Path = path }, Answer("""{"reply":"Sorry!","items":[1, 2]}""")).ShouldBe(passes);

    [Fact]
    public void A_pattern_that_would_take_for_ever_on_another_engine_is_simply_matched() =>
        Passes(new Grader.Regex("g", "^(a+)+$", false), Answer($"\"{new string('a', 5000)}!\"")).ShouldBeFalse();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pattern_that_runs_out_of_time_is_not_satisfied_either_way(bool absent)
    {
        // The back reference needs backtracking; the text makes it exponential.
        var result = Graders.Grade(new Grader.Regex("g", "^(a|aa)+(b)\\2$", absent), Answer($"\"{new string('a', 5000)}!\""));
        result.Score.ShouldBe(0);
        result.Note.ShouldContain("took longer than 1 s");
    }

    [Fact]
    public void Schema_names_the_fault() =>
        Graders.Grade(new Grader.Schema("g", "$.a", JsonNode.Parse("""{"type":"string"}""")!), Answer("""{"a":1}""")).Note.ShouldBe("$ is a number, must be string");

    [Fact]
    public void A_path_into_the_transcript_starts_at_its_lines()
    {
        var remains = new TrialRemains(null, "null", "{\"tool\":\"a\"}\n\n{\"tool\":\"b\"}\n", "");
        Passes(new Grader.JsonPathEquals("g", "$[-1].tool", "b") { Target = GraderTarget.Transcript }, remains).ShouldBeTrue();
        Passes(new Grader.JsonPathEquals("g", "$[2].tool", "b") { Target = GraderTarget.Transcript }, remains).ShouldBeFalse();
    }

    [Fact]
    public void A_transcript_that_is_not_json_says_which_line()
    {
        var result = Graders.Grade(
            new Grader.JsonPathEquals("g", "$[0]", 1) { Target = GraderTarget.Transcript }, new TrialRemains(null, "null", "1\nnot json\n", ""));
        result.Note.ShouldStartWith("the transcript line 2 is not valid JSON");
    }

    [Fact]
    public void A_path_into_the_output_reads_it_as_one_document()
    {
        Passes(new Grader.JsonPathEquals("g", "$.a", 1) { Target = GraderTarget.Output }, new TrialRemains(null, "null", "", "{\"a\":1}\n")).ShouldBeTrue();
        Passes(new Grader.JsonPathEquals("g", "$.a", 1) { Target = GraderTarget.Output }, new TrialRemains(null, "null", "", "hello")).ShouldBeFalse();
    }

    [Fact]
    public void The_score_is_the_weighted_share()
    {
        ImmutableArray<Grader> graders = [new Grader.Exact("a", 1) { Weight = 3 }, new Grader.Exact("b", 1) { Required = false }];
        Graders.Score(graders, [new("a", 1), new("b", 0)]).ShouldBe(0.75);
        Graders.Score(graders, [new("a", 0.5), new("b", 1)]).ShouldBe(0.625);
        Graders.Passed(graders, [new("a", 1), new("b", 0)]).ShouldBeTrue();
        Graders.Passed(graders, [new("a", 0.99), new("b", 1)]).ShouldBeFalse();
    }

    [Fact]
    public void A_script_is_not_graded_here() =>
        Should.Throw<ArgumentException>(() => Graders.Grade(new Grader.Script("g", ["x"]), Answer("1")));

    private static TrialRemains Answer(string json) => new(JsonNode.Parse(json), json, "", "");

    private static bool Passes(Grader grader, TrialRemains remains)
    {
        KeypointResult result = Graders.Grade(grader, remains);
        result.Keypoint.ShouldBe(grader.Id);
        (result.Score == 1).ShouldBe(result.Note.Length == 0);
        return result.Score == 1;
    }
}
