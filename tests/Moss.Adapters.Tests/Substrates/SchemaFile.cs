using System.Text.Json.Nodes;
using Moss.Substrates;

namespace Moss.Adapters.Tests.Substrates;

/// <summary>The schema with its references filled in, walked the way the reader's tables are.</summary>
internal static class SchemaFile
{
    private static readonly JsonObject Whole = JsonNode.Parse(MossSchema.Text)!.AsObject();

    public static JsonObject Root { get; } = (JsonObject)Inline(Whole)!;

    /// <summary>Every key by its path; items of lists and values of maps add nothing to it.</summary>
    public static IEnumerable<(string Path, bool Required, JsonObject Schema)> Keys(JsonObject schema, string path = "")
    {
        if (schema["items"] is JsonObject items)
        {
            return Keys(items, path);
        }

        if (schema["properties"] is not JsonObject properties)
        {
            return schema["additionalProperties"] is JsonObject values ? Keys(values, path) : [];
        }

        var required = (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).ToHashSet();
        return properties.SelectMany(property =>
        {
            var (below, inner) = (path.Length == 0 ? property.Key : $"{path}.{property.Key}", property.Value!.AsObject());
            return Keys(inner, below).Prepend((below, required.Contains(property.Key), inner));
        });
    }

    /// <summary>A copy with every <c>$ref</c> replaced by what it names; what stands beside a reference wins.</summary>
    private static JsonNode? Inline(JsonNode? node) => node switch
    {
        JsonObject map when map["$ref"] is JsonValue reference => Inline(Merge(Whole["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), map)),
        JsonObject map => new JsonObject(map.Where(member => member.Key != "$defs").Select(member => KeyValuePair.Create(member.Key, Inline(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Inline)]),
        _ => node?.DeepClone(),
    };

    private static JsonObject Merge(JsonObject definition, JsonObject use)
    {
        var merged = definition.DeepClone().AsObject();
        foreach (var (key, value) in use.Where(member => member.Key != "$ref"))
        {
            merged[key] = value?.DeepClone();
        }

        return merged;
    }
}
