using System.Runtime.CompilerServices;
using Moss.EventStore.Appending;
using Moss.EventStore.Auditing;

namespace Moss.EventStore.Sqlite;

/// <summary>
/// One SQLite file (WAL, synchronous=FULL): what was acknowledged survives kill -9 and power failure. For one process: another one
/// may read and write the same file safely, but its events wake nobody here.
/// </summary>
/// <param name="path">The file; it and its folder are made when missing.</param>
/// <param name="catalog">Names of everything that is read or written.</param>
/// <remarks>Opens at first use. A disk that is full or cannot be written gives an <see cref="IOException"/> that names the file.</remarks>
public sealed class SqliteEventStore(string path, EventCatalog catalog) : IEventStore
{
    private const int Page = 256;

    private readonly SqliteDatabase database = new(path);
    private readonly EventCodec codec = new(catalog);

    /// <inheritdoc/>
    public async Task<long> AppendAsync(
        StreamId stream, ExpectedVersion expected, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return -1;
        }

        var request = codec.Encode(stream, expected, events);
        return (await database.WriteAsync(group => group.Append(request), cancellationToken)).VersionOrThrow();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredEvent> ReadStreamAsync(
        StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = fromVersion; ;)
        {
            var next = from;
            var rows = await database.ReadAsync(
                session => session.Rows("read-stream", SqliteRows.Event, stream.Value, next, Page), cancellationToken);
            foreach (var row in rows)
            {
                yield return codec.Decode(row);
            }

            if (rows.Count < Page)
            {
                yield break;
            }

            from = rows[^1].Version + 1;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEvent>> ReadFeedAsync(long after, int max, CancellationToken cancellationToken) =>
        codec.DecodePage(await database.ReadAsync(session => session.Rows("read-feed", SqliteRows.Event, after, max), cancellationToken));

    /// <inheritdoc/>
    public Task<long> LastPositionAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => (long)session.Scalar("last-position")!, cancellationToken);

    /// <inheritdoc/>
    public async Task WaitForEventsAsync(long after, CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken);
        await database.Signal.WaitAsync(after, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> LoadCheckpointAsync(string subscriber, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.Scalar("load-checkpoint", subscriber) as long? ?? 0, cancellationToken);

    /// <inheritdoc/>
    public Task SaveCheckpointAsync(string subscriber, long position, CancellationToken cancellationToken) =>
        RunAsync("save-checkpoint", cancellationToken, subscriber, position);

    /// <inheritdoc/>
    public Task<Snapshot?> LoadSnapshotAsync(StreamId stream, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.First(
            "load-snapshot", row => new Snapshot(stream, row.GetInt64(0), row.GetString(1), row.GetString(2)), stream.Value),
        cancellationToken);

    /// <inheritdoc/>
    public Task SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        RunAsync("save-snapshot", cancellationToken, snapshot.Stream.Value, snapshot.Version, snapshot.Schema, snapshot.Json);

    /// <inheritdoc/>
    public Task SetDeadlineAsync(Deadline deadline, CancellationToken cancellationToken) =>
        RunAsync("set-deadline", cancellationToken, deadline.Id, deadline.Due.UtcTicks, deadline.Kind, deadline.Payload);

    /// <inheritdoc/>
    public Task ClearDeadlineAsync(string id, CancellationToken cancellationToken) => RunAsync("clear-deadline", cancellationToken, id);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Deadline>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => session.Rows("due-deadlines", SqliteRows.Deadline, now.UtcTicks), cancellationToken);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Scalar("next-deadline") is long due ? new DateTimeOffset(due, TimeSpan.Zero) : (DateTimeOffset?)null,
        cancellationToken);

    /// <inheritdoc/>
    public Task<AuditReport> VerifyAsync(Anchors anchors, CancellationToken cancellationToken) =>
        Task.Run(() => database.ReadAsync(session => Verify(session, anchors, cancellationToken), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static AuditReport Verify(SqliteSession session, Anchors anchors, CancellationToken cancellationToken)
    {
        var audit = new ChainAudit(anchors);
        session.Run("begin-read");
        session.ForEach("audit-events", row =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            audit.Row(SqliteRows.Event(row), SqliteRows.Head(row, 8));
        });
        session.ForEach("audit-empty-streams", row => audit.Empty(row.GetString(0), SqliteRows.Head(row, 1)!));
        session.Run("commit");
        return audit.Finish();
    }

    private async Task RunAsync(string query, CancellationToken cancellationToken, params object[] values) =>
        await database.WriteAsync(group => group.Run(query, values), cancellationToken);
}
