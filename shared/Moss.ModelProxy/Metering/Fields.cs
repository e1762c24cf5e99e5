using System.Text;
using System.Text.Json;

namespace Moss.ModelProxy.Metering;

/// <summary>Fields of JSON by strangers: what is missing or of another kind reads as nothing.</summary>
internal static class Fields
{
    /// <summary>An object below this one, by its path.</summary>
    public static JsonElement? Object(this JsonElement? element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            element = element?.Field(name);
        }

        return element is { ValueKind: JsonValueKind.Object } ? element : null;
    }

    public static JsonElement? Object(this JsonElement element, params ReadOnlySpan<string> path) => Object((JsonElement?)element, path);

    /// <summary>A number of tokens. One beyond belief is none.</summary>
    public static long? Count(this JsonElement? element, string name) =>
        element?.Field(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) && count is >= 0 and <= 1_000_000_000_000 ? count : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static IEnumerable<JsonElement> Items(this JsonElement? element, string name) =>
        element?.Field(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    /// <summary>Bytes of every text below an element, names left out.</summary>
    public static long TextBytes(this JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => Encoding.UTF8.GetByteCount(text.GetString()!),
        { ValueKind: JsonValueKind.Object } map => map.EnumerateObject().Sum(member => TextBytes(member.Value)),
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Sum(item => TextBytes(item)),
        _ => 0,
    };

    public static JsonElement? Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
