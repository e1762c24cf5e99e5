using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Moss.ServiceDefaults.Problems;

namespace Moss.Ingestion.Evidence;

/// <summary>Reads a report from JSON. Pure; says everything that has the wrong form at once, with the field.</summary>
internal static class ReportReader
{
    private const string Shape = "send one item, a list of items, or {\"items\": […]}";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static EvidenceReport? Read(ReadOnlyMemory<byte> json, List<RequestProblem> problems)
    {
        if (json.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(json.Span))
        {
            problems.Add(new("body", $"it is not valid UTF-8 at byte {ValidBytes(json.Span)}", "send JSON in UTF-8"));
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Items(document.RootElement, problems);
        }
        catch (JsonException malformed)
        {
            problems.Add(new("body", $"it is not valid JSON: {malformed.Message}", Shape));
            return null;
        }
    }

    private static EvidenceReport? Items(JsonElement root, List<RequestProblem> problems)
    {
        var wrapped = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("items", out _);
        var list = wrapped ? root.GetProperty("items") : root;
        switch (list.ValueKind)
        {
            case JsonValueKind.Array:
                return new([.. list.EnumerateArray().Select((item, index) => ItemReader.Read(item, $"items[{index}]", problems))]);
            case JsonValueKind.Object when !wrapped:
                return new([ItemReader.Read(list, "items[0]", problems)]);
            default:
                problems.Add(new("items", $"it is {ItemReader.KindOf(list)}, must be a list of objects", Shape));
                return null;
        }
    }

    private static int ValidBytes(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(bytes[position..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            position += length;
        }

        return position;
    }
}
