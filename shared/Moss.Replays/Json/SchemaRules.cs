using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.Replays.Json;

/// <summary>What each keyword means.</summary>
internal static class SchemaRules
{
    public static readonly ImmutableArray<string> Keywords =
    [
        "type", "enum", "const", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "minimum", "maximum",
        "minLength", "maxLength", "pattern", "title", "description", "$comment",
    ];

    public static readonly ImmutableArray<string> Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    public static JsonSchema.Rule Type(ImmutableArray<string> types) => (value, path) =>
        types.Any(type => Is(value, type)) ? null : new(path, $"is {JsonText.KindOf(value)}, must be {string.Join(" or ", types)}");

    public static JsonSchema.Rule Enum(JsonArray choices) => (value, path) =>
        choices.Any(choice => JsonNode.DeepEquals(choice, value))
            ? null
            : new(path, $"is {JsonText.Show(value)}, must be one of {JsonText.Show(choices)}");

    public static JsonSchema.Rule Const(JsonNode? expected) => (value, path) =>
        JsonNode.DeepEquals(expected, value) ? null : new(path, $"is {JsonText.Show(value)}, must be {JsonText.Show(expected)}");

    public static JsonSchema.Rule Required(ImmutableArray<string> names) => (value, path) =>
        value is JsonObject json && names.FirstOrDefault(name => !json.ContainsKey(name)) is { } missing ? new(path, $"has no '{missing}'") : null;

    public static JsonSchema.Rule Properties(ImmutableArray<KeyValuePair<string, JsonSchema>> members) => (value, path) =>
        value is not JsonObject json
            ? null
            : members.Where(member => json.ContainsKey(member.Key))
                .Select(member => member.Value.Check(json[member.Key], $"{path}.{member.Key}"))
                .FirstOrDefault(fault => fault is not null);

    /// <param name="named">Members with a rule of their own.</param>
    /// <param name="schema">What the others must fit; null when there may be none.</param>
    public static JsonSchema.Rule Additional(ImmutableHashSet<string> named, JsonSchema? schema) => (value, path) =>
        value is not JsonObject json
            ? null
            : json.Where(member => !named.Contains(member.Key))
                .Select(member => schema is null ? new(path, $"may not have '{member.Key}'") : schema.Check(member.Value, $"{path}.{member.Key}"))
                .FirstOrDefault(fault => fault is not null);

    public static JsonSchema.Rule Items(JsonSchema schema) => (value, path) =>
        value is not JsonArray list
            ? null
            : list.Select((item, index) => schema.Check(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]")))
                .FirstOrDefault(fault => fault is not null);

    public static JsonSchema.Rule Bound(decimal bound, bool least) => (value, path) =>
        AsNumber(value) is not { } number || (least ? number >= (double)bound : number <= (double)bound)
            ? null
            : new(path, string.Create(CultureInfo.InvariantCulture, $"is {JsonText.Show(value)}, must be {bound} or {(least ? "more" : "less")}"));

    public static JsonSchema.Rule Length(int bound, bool least) => (value, path) =>
        AsText(value) is not { } text ? null : Amount(text.EnumerateRunes().Count(), bound, least, "characters", path);

    public static JsonSchema.Rule Count(int bound, bool least) => (value, path) =>
        value is not JsonArray list ? null : Amount(list.Count, bound, least, "items", path);

    public static JsonSchema.Rule Pattern(SafeRegex regex) => (value, path) => AsText(value) is not { } text ? null : regex.Match(text) switch
    {
        true => null,
        false => new(path, $"does not match {regex}"),
        null => new(path, $"could not be matched with {regex} within {SafeRegex.Limit.TotalSeconds} s"),
    };

    private static SchemaFault? Amount(int amount, int bound, bool least, string unit, string path) =>
        (least ? amount >= bound : amount <= bound)
            ? null
            : new(path, string.Create(CultureInfo.InvariantCulture, $"has {amount} {unit}, must have {bound} or {(least ? "more" : "fewer")}"));

    private static bool Is(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null, type) switch
    {
        (JsonValueKind.Object, "object") or (JsonValueKind.Array, "array") or (JsonValueKind.String, "string") or (JsonValueKind.Null, "null") => true,
        (JsonValueKind.True or JsonValueKind.False, "boolean") or (JsonValueKind.Number, "number") => true,
        (JsonValueKind.Number, "integer") => AsNumber(value) is { } number && Math.Floor(number) == number,
        _ => false,
    };

    private static double? AsNumber(JsonNode? value) =>
        value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.TryGetValue<double>(out var amount) ? amount : null;

    private static string? AsText(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
