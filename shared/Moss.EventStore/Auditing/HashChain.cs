using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Moss.EventStore.Auditing;

/// <summary>
/// The chain of a stream. It starts with the SHA-256 of the stream's name, so that no chain can be passed off as another
/// stream's; each link is SHA-256(previous link ‖ canonical JSON), where canonical means: one object with the members name, id,
/// version, data and metadata in this order, without white space, data and metadata byte for byte as stored.
/// </summary>
internal static class HashChain
{
    public static byte[] Start(string stream) => SHA256.HashData(Encoding.UTF8.GetBytes(stream));

    /// <exception cref="JsonException">Data or metadata is not one JSON value; no such event can have been written.</exception>
    public static byte[] Next(byte[] previous, string name, Guid id, long version, string data, string metadata)
    {
        if (string.IsNullOrWhiteSpace(data) || string.IsNullOrWhiteSpace(metadata))
        {
            throw new JsonException("nothing is no JSON value");
        }

        var buffer = new ArrayBufferWriter<byte>(previous.Length + name.Length + data.Length + metadata.Length + 128);
        buffer.Write(previous);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = StoredJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("id", id);
            writer.WriteNumber("version", version);
            writer.WritePropertyName("data");
            writer.WriteRawValue(data);
            writer.WritePropertyName("metadata");
            writer.WriteRawValue(metadata);
            writer.WriteEndObject();
        }

        return SHA256.HashData(buffer.WrittenSpan);
    }
}
