using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Moss.Replays.Json;

/// <summary>Reading and showing JSON that somebody else wrote.</summary>
internal static class JsonText
{
    /// <summary>Levels of nesting that are read.</summary>
    public const int MaximumDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaximumDepth, AllowDuplicateProperties = false };
    private static readonly JsonSerializerOptions Shown = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaximumDepth * 2 };

    /// <summary>Reads a document; false with a <paramref name="problem"/> that names the place when it is not valid.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out JsonNode? value, out string problem)
    {
        value = null;
        problem = "";
        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        if (!Utf8.IsValid(bytes))
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"is not valid UTF-8 at byte {ValidPrefix(bytes) + 1}");
            return false;
        }

        try
        {
            value = JsonNode.Parse(bytes, documentOptions: Strict);
            return true;
        }
        catch (JsonException invalid)
        {
            problem = invalid.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"is not valid JSON at line {line + 1}, byte {invalid.BytePositionInLine + 1}: {Reason(invalid)}")
                : $"is not valid JSON: {Reason(invalid)}";
            return false;
        }
    }

    /// <summary>A value on one line, cut to a length that fits into a note.</summary>
    public static string Show(JsonNode? value, int length = 120) => Cut(Write(value), length);

    /// <summary>A value as compact JSON; a text as it is when <paramref name="bare"/>.</summary>
    public static string Write(JsonNode? value, bool bare = false) => value switch
    {
        null => "null",
        JsonValue text when bare && text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(Shown),
    };

    /// <summary>The kind of a value in words.</summary>
    public static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "a list",
        _ => "an object",
    };

    /// <summary>The first <paramref name="length"/> characters, with three dots when there were more.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");

    private static string Reason(JsonException invalid)
    {
        var end = invalid.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? invalid.Message : invalid.Message[..end]).TrimEnd('.');
    }

    private static int ValidPrefix(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
        {
            at += used;
        }

        return at;
    }
}
