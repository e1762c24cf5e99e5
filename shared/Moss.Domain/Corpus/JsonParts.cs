using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Moss.Domain.Corpus;

/// <summary>What a JSON value consists of, by position: a place is the way to a part from the root.</summary>
internal static class JsonParts
{
    /// <summary>How many parts can be taken away: items, members, or the lines of a text that has several.</summary>
    public static int Count(JsonNode? value) => value is JsonValue ? Lines(value) is { Length: > 1 } lines ? lines.Length : 0 : Children(value);

    /// <summary>How many parts have parts themselves.</summary>
    public static int Children(JsonNode? value) => value switch { JsonArray items => items.Count, JsonObject members => members.Count, _ => 0 };

    public static JsonNode? At(JsonNode? root, ImmutableArray<int> place) => place.Aggregate(root, Child);

    /// <summary>A copy of the root in which the value at the place lacks some parts.</summary>
    public static JsonNode? Without(JsonNode? root, ImmutableArray<int> place, int first, int count)
    {
        var copy = root?.DeepClone();
        if (At(copy, place) is JsonValue text)
        {
            var lines = Lines(text)!;
            JsonNode shorter = JsonValue.Create(string.Join('\n', lines[..first].Concat(lines.Skip(first + count))));
            if (place.IsEmpty)
            {
                return shorter;
            }

            text.ReplaceWith(shorter);
            return copy;
        }

        Take(At(copy, place)!, first, count);
        return copy;
    }

    private static void Take(JsonNode value, int first, int count)
    {
        for (var left = Math.Min(count, Children(value) - first); left > 0; left--)
        {
            if (value is JsonArray items)
            {
                items.RemoveAt(first);
            }
            else
            {
                value.AsObject().RemoveAt(first);
            }
        }
    }

    private static JsonNode? Child(JsonNode? value, int position) => value is JsonArray items ? items[position] : value!.AsObject().GetAt(position).Value;

    private static string[]? Lines(JsonNode? value) => value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text.Split('\n') : null;
}
