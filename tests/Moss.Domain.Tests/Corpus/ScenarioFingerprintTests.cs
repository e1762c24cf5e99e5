using System.Text;
using Moss.Domain.Corpus;

namespace Moss.Domain.Tests.Corpus;

public sealed class ScenarioFingerprintTests
{
    private const string Whole = """
        { "id": "a", "title": "A", "seed": 1, "tags": ["x"], "input": { "b": [1, 2], "a": "ü" },
          "graders": [ { "id": "g", "kind": "exact", "value": 3 } ] }
        """;

    [Theory]
    [InlineData("""{"graders":[{"value":3,"kind":"exact","id":"g"}],"input":{"a":"\u00fc","b":[1,2]}}""")]
    [InlineData("""{ "id": "another", "title": "", "seed": 9, "input": { "a": "ü", "b": [1,2] }, "graders": [ {"id":"g","kind":"exact","value":3} ] }""")]
    public void The_same_question_has_the_same_fingerprint_however_it_is_written(string same) => Of(same).ShouldBe(Of(Whole));

    [Theory]
    [InlineData("[1, 2]", "[2, 1]")]
    [InlineData("\"value\": 3", "\"value\": 4")]
    [InlineData("\"a\": \"ü\"", "\"A\": \"ü\"")]
    [InlineData("\"kind\": \"exact\"", "\"kind\": \"regex\"")]
    [InlineData("\"value\": 3", "\"value\": \"3\"")]
    public void Another_question_has_another(string part, string other) => Of(Whole.Replace(part, other, StringComparison.Ordinal)).ShouldNotBe(Of(Whole));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    public void What_is_no_scenario_has_none(string text) => Of(text).ShouldBeEmpty();

    [Fact]
    public void It_stays_what_it_was() => Of("""{"input":1,"graders":[]}""").ShouldBe(Of("""{"graders":[],"input":1,"title":"t"}"""));

    private static string Of(string text) => ScenarioFingerprint.Of(Encoding.UTF8.GetBytes(text));
}
