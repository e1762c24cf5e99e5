namespace Moss.EventStore;

/// <summary>Adds events.</summary>
public interface IEventAppender
{
    /// <summary>
    /// Appends all events or none, durably, and returns the version of the last. No events is allowed, does nothing and returns -1.
    /// Event ids are unique for ever. When all of the ids are in this stream already, in this order and under these names, the call
    /// is the repetition of one that was done: nothing is stored, whatever version is expected, and the version of the last is
    /// returned. So a caller that never heard the answer may simply ask again.
    /// </summary>
    /// <exception cref="WrongExpectedVersionException">The stream is at another version.</exception>
    /// <exception cref="DuplicateEventException">An id is taken by something else.</exception>
    /// <exception cref="UnknownEventException">The catalog has no name for a type.</exception>
    Task<long> AppendAsync(StreamId stream, ExpectedVersion expected, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken);
}

/// <summary>Reads one stream.</summary>
public interface IEventReader
{
    /// <summary>Events of a stream from a version on, in order; nothing when there is no such stream.</summary>
    IAsyncEnumerable<StoredEvent> ReadStreamAsync(StreamId stream, long fromVersion, CancellationToken cancellationToken);
}

/// <summary>Reads all streams in commit order, without gaps.</summary>
public interface IEventFeed
{
    /// <summary>
    /// Up to <paramref name="max"/> events with a position above <paramref name="after"/> (0 for the beginning). Events before one that
    /// cannot be read are returned without it; it throws once it is the first.
    /// </summary>
    /// <exception cref="UnknownEventException">The catalog does not know the name of the first event.</exception>
    /// <exception cref="InvalidDataException">The first event's JSON does not fit its type.</exception>
    Task<IReadOnlyList<StoredEvent>> ReadFeedAsync(long after, int max, CancellationToken cancellationToken);

    /// <summary>Position of the newest event; 0 when there is none.</summary>
    Task<long> LastPositionAsync(CancellationToken cancellationToken);

    /// <summary>Completes as soon as there may be an event above <paramref name="after"/>; may complete early, never late.</summary>
    Task WaitForEventsAsync(long after, CancellationToken cancellationToken);
}

/// <summary>How far a subscriber of the feed has come.</summary>
public interface ICheckpointStore
{
    /// <summary>The stored position; 0 when the subscriber is new.</summary>
    Task<long> LoadCheckpointAsync(string subscriber, CancellationToken cancellationToken);

    /// <summary>Stores the position durably.</summary>
    Task SaveCheckpointAsync(string subscriber, long position, CancellationToken cancellationToken);
}

/// <summary>A folded state, so that a long stream need not be read from its beginning. Losing one costs time only.</summary>
public interface ISnapshotStore
{
    /// <summary>The newest snapshot of a stream; null when there is none.</summary>
    Task<Snapshot?> LoadSnapshotAsync(StreamId stream, CancellationToken cancellationToken);

    /// <summary>Keeps the snapshot in place of an older one, or of one of another schema; an older one is dropped.</summary>
    Task SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken);
}

/// <summary>A state folded from a stream up to and with a version.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="Version">Version of the last event folded in.</param>
/// <param name="Schema">Name of the state's shape; a reader that knows another one ignores the snapshot.</param>
/// <param name="Json">The state.</param>
public sealed record Snapshot(StreamId Stream, long Version, string Schema, string Json);

/// <summary>Points in time at which something must be told, kept over a restart.</summary>
public interface IDeadlineStore
{
    /// <summary>Sets or moves a deadline.</summary>
    Task SetDeadlineAsync(Deadline deadline, CancellationToken cancellationToken);

    /// <summary>Drops a deadline; nothing happens when it is not there.</summary>
    Task ClearDeadlineAsync(string id, CancellationToken cancellationToken);

    /// <summary>Deadlines at or before <paramref name="now"/>, earliest first.</summary>
    Task<IReadOnlyList<Deadline>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>When the earliest deadline is due; null when there is none.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);
}

/// <summary>One deadline.</summary>
/// <param name="Id">Unique; the same id replaces.</param>
/// <param name="Due">When, UTC.</param>
/// <param name="Kind">What is due, in the subscriber's words.</param>
/// <param name="Payload">JSON for the subscriber.</param>
public sealed record Deadline(string Id, DateTimeOffset Due, string Kind, string Payload);

/// <summary>Everything one adapter offers.</summary>
public interface IEventStore
    : IEventAppender, IEventReader, IEventFeed, ICheckpointStore, ISnapshotStore, IDeadlineStore, IEventAudit, IAsyncDisposable;

/// <summary>Checks that history was not changed.</summary>
public interface IEventAudit
{
    /// <summary>
    /// Recomputes every stream's hash chain from what is stored, row by row, as of one moment. Finds changed, removed, reordered and
    /// inserted events. Who can write the database and recomputes all hashes, or cuts off the end of everything, is found by what was
    /// written down elsewhere.
    /// </summary>
    /// <param name="anchors">What was.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<AuditReport> VerifyAsync(Anchors anchors, CancellationToken cancellationToken);
}

/// <summary>What an audit found.</summary>
public sealed record AuditReport(long Streams, long Events, IReadOnlyList<AuditProblem> Problems)
{
    /// <summary>True when nothing was changed.</summary>
    public bool Ok => Problems.Count == 0;

    /// <summary>How many anchors were compared.</summary>
    public int Anchors { get; init; }
}

/// <summary>One place where history is not what was written.</summary>
/// <param name="Stream">Which stream; empty when it is the feed as a whole.</param>
/// <param name="Version">The first version concerned; -1 when it is the feed as a whole.</param>
/// <param name="Problem">Continues the sentence that begins with the version.</param>
public sealed record AuditProblem(string Stream, long Version, string Problem);
