using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moss.Containers.Engine.Transport;

/// <summary>The engine's way with JSON: names as in Go, what is not given is left out.</summary>
internal static class EngineJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNameCaseInsensitive = true,
    };

    /// <summary>One value of a stream.</summary>
    /// <exception cref="EngineException">It is not JSON of this shape.</exception>
    public static T Read<T>(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Options) ?? throw Unreadable(null);
        }
        catch (JsonException broken)
        {
            throw Unreadable(broken);
        }
    }

    public static EngineException Unreadable(Exception? broken) =>
        new(EngineFailure.ServerError, "The container engine answered with JSON that is not what its API promises.", broken);
}
