using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.ModelProxy.Protocols;

/// <summary>Fields of a request, of whatever kind they are.</summary>
internal static class RequestFields
{
    public static string Text(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    public static bool Flag(JsonObject body, string name) => body[name]?.GetValueKind() == JsonValueKind.True;

    /// <summary>A number of tokens; a larger one than any model writes counts as that many, and a negative one as none said.</summary>
    public static long? Count(JsonObject? body, string name) =>
        body?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) && number >= 0
            ? (long)Math.Min(Math.Ceiling(number), 1_000_000_000)
            : null;
}
