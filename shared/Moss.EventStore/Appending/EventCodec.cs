using System.Text.Json;

namespace Moss.EventStore.Appending;

/// <summary>Between events as the program sees them and their stored form.</summary>
internal sealed class EventCodec(EventCatalog catalog)
{
    public AppendRequest Encode(StreamId stream, ExpectedVersion expected, IReadOnlyList<NewEvent> events) =>
        new(stream, expected, [.. events.Select(Encode)]);

    public StoredEvent Decode(EventRow row)
    {
        if (row.Id == Guid.Empty)
        {
            throw new InvalidDataException($"event {row.Version} of stream {row.Stream} has no id");
        }

        try
        {
            return new StoredEvent(
                row.Id, new StreamId(row.Stream), row.Version, row.Position, row.Name, catalog.Decode(row.Name, row.Data),
                JsonSerializer.Deserialize<EventMetadata>(row.Metadata, StoredJson.Options)!, Convert.ToHexStringLower(row.Hash));
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"event {row.Version} of stream {row.Stream} cannot be read as '{row.Name}': {broken.Message}", broken);
        }
    }

    /// <summary>Everything up to the first row that cannot be read; that one throws when it stands at the beginning.</summary>
    public IReadOnlyList<StoredEvent> DecodePage(IReadOnlyList<EventRow> rows)
    {
        var events = new List<StoredEvent>(rows.Count);
        foreach (var row in rows)
        {
            try
            {
                events.Add(Decode(row));
            }
            catch (Exception unreadable) when (events.Count > 0 && unreadable is (UnknownEventException or InvalidDataException))
            {
                return events;
            }
        }

        return events;
    }

    private EncodedEvent Encode(NewEvent added)
    {
        if (added.Id == Guid.Empty)
        {
            throw new ArgumentException($"an event needs an id: '{catalog.NameOf(added.Data)}' has none", nameof(added));
        }

        var metadata = added.Metadata with { Time = added.Metadata.Time.ToUniversalTime() };
        return new EncodedEvent(added.Id, catalog.NameOf(added.Data), EventCatalog.Encode(added.Data), EventCatalog.Encode(metadata));
    }
}
