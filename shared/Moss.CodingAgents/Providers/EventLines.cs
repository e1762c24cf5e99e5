using System.Text.Json;

namespace Moss.CodingAgents.Providers;

/// <summary>Reads what agents print as one JSON object a line. Whatever else stands there is not an event.</summary>
internal static class EventLines
{
    /// <summary>The events, in order.</summary>
    public static IReadOnlyList<JsonElement> Of(string output) => [.. output.Split('\n').Select(Parse).OfType<JsonElement>()];

    /// <summary>A member that is a text; null when there is none.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A member of any kind; null when there is none.</summary>
    public static JsonElement? Member(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    /// <summary>A count; 0 when there is none.</summary>
    public static long Count(this JsonElement? element, params ReadOnlySpan<string> path) =>
        element?.Member(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) && count > 0 ? count : 0;

    /// <summary>Items of a member that is a list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Member(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    private static JsonElement? Parse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
