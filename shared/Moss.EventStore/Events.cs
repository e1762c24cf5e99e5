namespace Moss.EventStore;

/// <summary>Who and what caused an event.</summary>
/// <param name="Correlation">The evolution, batch or substrate that it belongs to.</param>
/// <param name="Causation">Id of the message or event that led to it; empty when it came from outside.</param>
/// <param name="Actor">Person, key or service.</param>
/// <param name="Time">When it was recorded, UTC.</param>
public sealed record EventMetadata(string Correlation, string Causation, string Actor, DateTimeOffset Time);

/// <summary>An event that is about to be appended.</summary>
/// <param name="Id">Unique for ever; the message id of everything that is published for it.</param>
/// <param name="Data">An instance of a type that the catalog names.</param>
/// <param name="Metadata">Who and what caused it.</param>
public sealed record NewEvent(Guid Id, object Data, EventMetadata Metadata);

/// <summary>An event as stored.</summary>
/// <param name="Id">As appended.</param>
/// <param name="Stream">Where it belongs.</param>
/// <param name="Version">0 for the first of its stream, then one more each time.</param>
/// <param name="Position">Place in the feed of all streams; grows in commit order.</param>
/// <param name="Name">Catalog name that it was stored under, such as <c>evolution.plan-approved.v1</c>; may be an old one.</param>
/// <param name="Data">Decoded and upcast to the newest type of its name.</param>
/// <param name="Metadata">As appended.</param>
/// <param name="Hash">SHA-256 of the stream's previous hash and this event's canonical JSON, 64 hex digits.</param>
public sealed record StoredEvent(
    Guid Id, StreamId Stream, long Version, long Position, string Name, object Data, EventMetadata Metadata, string Hash);

/// <summary>The version that a writer believes a stream to have.</summary>
public readonly record struct ExpectedVersion(long Value)
{
    /// <summary>The stream must not exist yet.</summary>
    public static ExpectedVersion NoStream { get; } = new(-1);

    /// <summary>The last event of the stream must have this version; -1 means the same as <see cref="NoStream"/>.</summary>
    /// <param name="version">-1 or more.</param>
    public static ExpectedVersion Exactly(long version)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, -1);
        return new ExpectedVersion(version);
    }

    /// <summary>Whatever is there: for facts that no decision was based on.</summary>
    public static ExpectedVersion Any { get; } = new(-2);
}

/// <summary>Another writer was first: load again and decide again.</summary>
public sealed class WrongExpectedVersionException(StreamId stream, ExpectedVersion expected)
    : Exception($"stream {stream} is not at version {expected.Value}");

/// <summary>
/// An event id was used a second time for something else: in another stream, under another name, in another order, or
/// together with events that are new. A bug of the caller, never a race.
/// </summary>
public sealed class DuplicateEventException(StreamId stream, Guid id)
    : Exception($"event id {id} is taken: it cannot be appended to stream {stream} again as part of something else");
