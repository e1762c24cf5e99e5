using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.Replays.Json;

/// <summary>Turns a schema's JSON into rules, keyword by keyword.</summary>
internal sealed class JsonSchemaReader
{
    private readonly ImmutableArray<SchemaFault>.Builder problems = ImmutableArray.CreateBuilder<SchemaFault>();

    public ImmutableArray<SchemaFault> Problems => problems.ToImmutable();

    public JsonSchema Read(JsonNode? definition, string path)
    {
        if (definition is not JsonObject keywords)
        {
            problems.Add(new(path, $"is {JsonText.KindOf(definition)}, must be an object of schema keywords"));
            return new([]);
        }

        var rules = ImmutableArray.CreateBuilder<JsonSchema.Rule>();
        foreach (var (keyword, value) in keywords)
        {
            if (Keyword(keyword, value, keywords, $"{path}.{keyword}") is { } rule)
            {
                rules.Add(rule);
            }
        }

        return new(rules.ToImmutable());
    }

    private JsonSchema.Rule? Keyword(string keyword, JsonNode? value, JsonObject all, string path)
    {
        switch (keyword)
        {
            case "title" or "description" or "$comment":
                return null;
            case "type":
                return Texts(value, path) is { } types && Known(types, path) ? SchemaRules.Type(types) : null;
            case "enum":
                return value is JsonArray { Count: > 0 } choices ? SchemaRules.Enum(choices) : Bad(path, value, "must be a list with at least one value");
            case "const":
                return SchemaRules.Const(value);
            case "required":
                return Texts(value, path) is { } names ? SchemaRules.Required(names) : null;
            case "properties":
                return Properties(value, path) is { } members ? SchemaRules.Properties(members) : null;
            case "additionalProperties":
                return Additional(value, all, path);
            case "items":
                return SchemaRules.Items(Read(value, path));
            case "minimum" or "maximum":
                return Number(value, path) is { } bound ? SchemaRules.Bound(bound, keyword == "minimum") : null;
            case "minLength" or "maxLength":
                return Count(value, path) is { } length ? SchemaRules.Length(length, keyword == "minLength") : null;
            case "minItems" or "maxItems":
                return Count(value, path) is { } count ? SchemaRules.Count(count, keyword == "minItems") : null;
            case "pattern":
                return Pattern(value, path);
            default:
                return Bad(path, value, $"is not a keyword that Moss checks; use {string.Join(", ", SchemaRules.Keywords)}", kind: false);
        }
    }

    private JsonSchema.Rule? Additional(JsonNode? value, JsonObject all, string path)
    {
        var named = all["properties"] is JsonObject properties ? properties.Select(property => property.Key).ToImmutableHashSet() : [];
        return value?.GetValueKind() switch
        {
            JsonValueKind.True => null,
            JsonValueKind.False => SchemaRules.Additional(named, null),
            _ => SchemaRules.Additional(named, Read(value, path)),
        };
    }

    private ImmutableArray<KeyValuePair<string, JsonSchema>>? Properties(JsonNode? value, string path)
    {
        if (value is JsonObject members)
        {
            return [.. members.Select(member => KeyValuePair.Create(member.Key, Read(member.Value, $"{path}.{member.Key}")))];
        }

        Bad(path, value, "must be an object of schemas");
        return null;
    }

    private JsonSchema.Rule? Pattern(JsonNode? value, string path)
    {
        if (value?.GetValueKind() != JsonValueKind.String)
        {
            return Bad(path, value, "must be a regular expression");
        }

        if (SafeRegex.TryCreate(value.GetValue<string>(), out var problem) is { } regex)
        {
            return SchemaRules.Pattern(regex);
        }

        return Bad(path, value, problem, kind: false);
    }

    private ImmutableArray<string>? Texts(JsonNode? value, string path)
    {
        ImmutableArray<JsonNode?> entries = value is JsonArray list ? [.. list] : [value];
        if (entries.All(entry => entry?.GetValueKind() == JsonValueKind.String))
        {
            return [.. entries.Select(entry => entry!.GetValue<string>())];
        }

        Bad(path, value, "must be a text or a list of texts");
        return null;
    }

    private bool Known(ImmutableArray<string> types, string path)
    {
        foreach (var unknown in types.Where(type => !SchemaRules.Types.Contains(type)))
        {
            problems.Add(new(path, $"names the type '{unknown}'; use {string.Join(", ", SchemaRules.Types)}"));
        }

        return types.All(SchemaRules.Types.Contains);
    }

    private decimal? Number(JsonNode? value, string path)
    {
        if (value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.TryGetValue<decimal>(out var exact))
        {
            return exact;
        }

        Bad(path, value, "must be a number");
        return null;
    }

    private int? Count(JsonNode? value, string path)
    {
        if (value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.TryGetValue<int>(out var count) && count >= 0)
        {
            return count;
        }

        Bad(path, value, "must be a whole number, 0 or more");
        return null;
    }

    private JsonSchema.Rule? Bad(string path, JsonNode? value, string problem, bool kind = true)
    {
        problems.Add(new(path, kind ? $"is {JsonText.KindOf(value)}, {problem}" : problem));
        return null;
    }
}
