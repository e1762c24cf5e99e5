using System.Security.Cryptography;
using System.Text.Json;

namespace Moss.Domain.Corpus;

/// <summary>What makes two scenarios the same question: their input and their graders, however they are laid out and in whatever order the members are.</summary>
public static class ScenarioFingerprint
{
    private static readonly string[] Parts = ["graders", "input"];

    /// <summary>SHA-256 of input and graders, 64 hex digits; empty for what is no scenario.</summary>
    /// <param name="scenario">A scenario file, UTF-8.</param>
    public static string Of(ReadOnlyMemory<byte> scenario)
    {
        try
        {
            using var document = JsonDocument.Parse(scenario);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Of(document.RootElement) : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Of(JsonElement scenario)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            Write(writer, scenario, Parts.Contains);
        }

        return Convert.ToHexStringLower(SHA256.HashData(text.ToArray()));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, Func<string, bool> counts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().Where(member => counts(member.Name)).OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, static _ => true);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, static _ => true);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
