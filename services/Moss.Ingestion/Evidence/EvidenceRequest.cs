using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moss.Ingestion.Evidence;

/// <summary>One failing episode as it is reported.</summary>
internal sealed record EvidenceItem(
    string? Substrate, string? Scenario, string? Source, string? SessionId, string? UserId, DateTimeOffset? OccurredAt, string? Complaint,
    string? Expected, string? Transcript);

/// <summary>A report: <c>{"items": […]}</c>, a bare list, or one item.</summary>
[JsonConverter(typeof(EvidenceReportConverter))]
internal sealed record EvidenceReport(IReadOnlyList<EvidenceItem> Items);

internal sealed class EvidenceReportConverter : JsonConverter<EvidenceReport>
{
    public override EvidenceReport Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        var items = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("items", out var list) ? list : root;
        return items.ValueKind == JsonValueKind.Array
            ? new(items.Deserialize<List<EvidenceItem>>(options)!)
            : new([items.Deserialize<EvidenceItem>(options)!]);
    }

    public override void Write(Utf8JsonWriter writer, EvidenceReport value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Items, options);
}

/// <summary>What became of a report: where each item is now.</summary>
internal sealed record EvidenceReceipt(int Accepted, int Duplicates, IReadOnlyList<EvidencePlace> Items);

/// <summary>An item and its batch.</summary>
internal sealed record EvidencePlace(Guid Evidence, Guid Batch, bool Duplicate);
