using System.Text.Json.Nodes;
using Moss.Replays.Json;

namespace Moss.Adapters.Tests.Replays;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"object"}""", "{}")]
    [InlineData("""{"type":["string","null"]}""", "null")]
    [InlineData("""{"type":"integer"}""", "3.0")]
    [InlineData("""{"type":"boolean"}""", "false")]
    [InlineData("""{"enum":[1,"a",null]}""", "null")]
    [InlineData("""{"enum":[1]}""", "1.0")]
    [InlineData("""{"const":{"a":1,"b":2}}""", """{"b":2,"a":1}""")]
    [InlineData("""{"required":["a"]}""", """{"a":null}""")]
    [InlineData("""{"required":["a"]}""", "\"not an object\"")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"b":1}""")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":{"type":"number"}}""", """{"a":"x","b":1}""")]
    [InlineData("""{"additionalProperties":true}""", """{"b":1}""")]
    [InlineData("""{"items":{"minimum":1,"maximum":2}}""", "[1,1.5,2]")]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[1,2]")]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"👍👍\"")]
    [InlineData("""{"pattern":"b+"}""", "\"abbc\"")]
    [InlineData("""{"title":"t","description":"d","$comment":"c"}""", "1")]
    public void Fits(string schema, string value) => Parse(schema).Check(JsonNode.Parse(value)).ShouldBeNull();

    [Theory]
    [InlineData("""{"type":"object"}""", "[]", "$ is a list, must be object")]
    [InlineData("""{"type":["string","null"]}""", "1", "$ is a number, must be string or null")]
    [InlineData("""{"type":"integer"}""", "3.5", "$ is a number, must be integer")]
    [InlineData("""{"type":"null"}""", "0", "$ is a number, must be null")]
    [InlineData("""{"enum":[1,"a"]}""", "\"b\"", "$ is \"b\", must be one of [1,\"a\"]")]
    [InlineData("""{"const":1}""", "\"1\"", "$ is \"1\", must be 1")]
    [InlineData("""{"required":["a","b"]}""", """{"a":1}""", "$ has no 'b'")]
    [InlineData("""{"properties":{"a":{"properties":{"b":{"type":"string"}}}}}""", """{"a":{"b":1}}""", "$.a.b is a number, must be string")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1,"b":1}""", "$ may not have 'b'")]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """{"b":"x"}""", "$.b is a text, must be number")]
    [InlineData("""{"items":{"minimum":1}}""", "[1,0.5]", "$[1] is 0.5, must be 1 or more")]
    [InlineData("""{"maximum":2}""", "3", "$ is 3, must be 2 or less")]
    [InlineData("""{"minItems":1}""", "[]", "$ has 0 items, must have 1 or more")]
    [InlineData("""{"maxItems":1}""", "[1,2]", "$ has 2 items, must have 1 or fewer")]
    [InlineData("""{"minLength":3}""", "\"👍👍\"", "$ has 2 characters, must have 3 or more")]
    [InlineData("""{"pattern":"^b"}""", "\"abc\"", "$ does not match /^b/")]
    public void Names_the_first_fault(string schema, string value, string fault) => Parse(schema).Check(JsonNode.Parse(value))!.ToString().ShouldBe(fault);

    [Theory]
    [InlineData("""{"anyOf":[]}""", "$.anyOf")]
    [InlineData("""{"properties":{"a":{"format":"date"}}}""", "$.properties.a.format")]
    [InlineData("""{"items":[{}]}""", "$.items")]
    [InlineData("""{"type":"text"}""", "$.type")]
    [InlineData("""{"type":[1]}""", "$.type")]
    [InlineData("""{"enum":[]}""", "$.enum")]
    [InlineData("""{"required":[1]}""", "$.required")]
    [InlineData("""{"properties":[]}""", "$.properties")]
    [InlineData("""{"additionalProperties":1}""", "$.additionalProperties")]
    [InlineData("""{"minimum":"1"}""", "$.minimum")]
    [InlineData("""{"minLength":-1}""", "$.minLength")]
    [InlineData("""{"maxItems":1.5}""", "$.maxItems")]
    [InlineData("""{"pattern":"("}""", "$.pattern")]
    [InlineData("""{"pattern":1}""", "$.pattern")]
    [InlineData("true", "$")]
    public void A_schema_that_cannot_be_checked_wholly_is_refused_at_reading(string schema, string path)
    {
        JsonSchema.TryParse(JsonNode.Parse(schema), out var problems).ShouldBeNull();
        problems.ShouldHaveSingleItem().Path.ShouldBe(path);
    }

    [Fact]
    public void All_problems_of_a_schema_are_told_at_once()
    {
        JsonSchema.TryParse(JsonNode.Parse("""{"oneOf":[],"items":{"not":{}},"type":"x"}"""), out var problems).ShouldBeNull();
        problems.Select(problem => problem.Path).ShouldBe(["$.oneOf", "$.items.not", "$.type"]);
    }

    private static JsonSchema Parse(string schema) => JsonSchema.TryParse(JsonNode.Parse(schema), out _).ShouldNotBeNull();
}
