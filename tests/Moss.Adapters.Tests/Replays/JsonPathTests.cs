using System.Text.Json.Nodes;
using Moss.Replays.Json;

namespace Moss.Adapters.Tests.Replays;

public sealed class JsonPathTests
{
    private const string Document = """{"a":{"b":[10,{"x y":"deep"}],"it's":1,"q\"":2,"nil":null},"list":[1,2,3],"ä-1_b":true}""";

    [Theory]
    [InlineData("$.a.b[0]", "10")]
    [InlineData("$.a.b[1]['x y']", "\"deep\"")]
    [InlineData("$.a['it\\'s']", "1")]
    [InlineData("$.a['q\"']", "2")]
    [InlineData("$.a[\"it's\"]", "1")]
    [InlineData("$['list'][-1]", "3")]
    [InlineData("$.ä-1_b", "true")]
    [InlineData("$.a.nil", "null")]
    public void Finds_the_value(string path, string expected)
    {
        var selection = Parse(path).Select(JsonNode.Parse(Document)).ShouldBeOfType<JsonSelection.Found>();
        (selection.Value?.ToJsonString() ?? "null").ShouldBe(expected);
    }

    [Fact]
    public void The_root_is_the_whole_document() =>
        Parse("$").Select(JsonNode.Parse("[1]")).ShouldBeOfType<JsonSelection.Found>().Value!.ToJsonString().ShouldBe("[1]");

    [Theory]
    [InlineData("$.nothing.below", "$['nothing']")]
    [InlineData("$.a.b[2]", "$['a']['b'][2]")]
    [InlineData("$.list[-4]", "$['list'][-4]")]
    [InlineData("$.list.length", "$['list']['length']")]
    [InlineData("$.a[0]", "$['a'][0]")]
    [InlineData("$.a.nil.x", "$['a']['nil']['x']")]
    public void Names_the_first_part_that_is_missing(string path, string at) =>
        Parse(path).Select(JsonNode.Parse(Document)).ShouldBeOfType<JsonSelection.Missing>().At.ShouldBe(at);

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("$a")]
    [InlineData("$.")]
    [InlineData("$..a")]
    [InlineData("$.a[")]
    [InlineData("$.a[]")]
    [InlineData("$.a[*]")]
    [InlineData("$.a[1")]
    [InlineData("$.a['b]")]
    [InlineData("$.a['b'")]
    [InlineData("$.a b")]
    [InlineData("$[99999999999]")]
    public void Anything_else_is_refused(string path)
    {
        JsonPath.TryParse(path, out var problem).ShouldBeNull();
        problem.ShouldNotBeEmpty();
    }

    private static JsonPath Parse(string path) => JsonPath.TryParse(path, out var problem).ShouldNotBeNull(problem);
}
