using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moss.Artifacts;

/// <summary>An answer on disk, with its key for whoever looks into the folder: camel case, enums by name, nulls left out.</summary>
public static class LedgerJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The file of an answer.</summary>
    public static byte[] Write<T>(string key, T answer)
        where T : class => JsonSerializer.SerializeToUtf8Bytes(new Entry<T>(key, answer), Options);

    /// <summary>The answer in a file.</summary>
    /// <exception cref="JsonException">It holds something else.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : class => JsonSerializer.Deserialize<Entry<T>>(json, Options)?.Answer ?? throw new JsonException("there is no answer");

    private sealed record Entry<T>(string Key, T? Answer)
        where T : class;
}
