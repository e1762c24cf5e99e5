using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Moss.EventStore.Appending;
using Moss.EventStore.Auditing;
using Npgsql;

namespace Moss.EventStore.Postgres;

/// <summary>The schema <c>moss</c> of a PostgreSQL database, for any number of processes.</summary>
/// <remarks>
/// Makes its schema at first use. When the connection breaks during an append the caller gets an <see cref="NpgsqlException"/> and
/// does not know whether it was stored; appending the same events once more is safe.
/// </remarks>
public sealed class PostgresEventStore : IEventStore
{
    private const int Page = 256;

    private readonly EventCodec codec;
    private readonly NpgsqlDataSource source;
    private readonly Opening opening;
    private readonly FeedSignal signal = new();
    private readonly PostgresAppender appender;
    private readonly PostgresListener listener;
    private int disposed;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <param name="catalog">Names of everything that is read or written.</param>
    /// <param name="clock">Times the listener's attempts to connect again.</param>
    /// <param name="logger">Hears of lost connections.</param>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public PostgresEventStore(string connectionString, EventCatalog catalog, TimeProvider clock, ILogger<PostgresEventStore> logger)
    {
        codec = new EventCodec(catalog);
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 32, AutoPrepareMinUsages = 2 };
        source = NpgsqlDataSource.Create(settings);
        opening = new Opening(cancellationToken => PostgresSchema.ApplyAsync(source, cancellationToken));
        appender = new PostgresAppender(source, signal);
        var listening = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 15, ApplicationName = "moss listener" };
        listener = new PostgresListener(listening.ConnectionString, signal, clock, logger);
    }

    /// <inheritdoc/>
    public async Task<long> AppendAsync(
        StreamId stream, ExpectedVersion expected, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return -1;
        }

        var request = codec.Encode(stream, expected, events);
        await opening.EnsureAsync(cancellationToken);
        return await appender.AppendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredEvent> ReadStreamAsync(
        StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = fromVersion; ;)
        {
            var rows = await RowsAsync("read-stream", PostgresRows.Event, cancellationToken, stream.Value, from, Page);
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
        codec.DecodePage(await RowsAsync("read-feed", PostgresRows.Event, cancellationToken, after, max));

    /// <inheritdoc/>
    public async Task<long> LastPositionAsync(CancellationToken cancellationToken) =>
        (long)(await ScalarAsync("last-position", cancellationToken))!;

    /// <inheritdoc/>
    public async Task WaitForEventsAsync(long after, CancellationToken cancellationToken)
    {
        await opening.EnsureAsync(cancellationToken);
        listener.EnsureStarted();
        await signal.WaitAsync(after, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> LoadCheckpointAsync(string subscriber, CancellationToken cancellationToken) =>
        await ScalarAsync("load-checkpoint", cancellationToken, subscriber) as long? ?? 0;

    /// <inheritdoc/>
    public Task SaveCheckpointAsync(string subscriber, long position, CancellationToken cancellationToken) =>
        RunAsync("save-checkpoint", cancellationToken, subscriber, position);

    /// <inheritdoc/>
    public async Task<Snapshot?> LoadSnapshotAsync(StreamId stream, CancellationToken cancellationToken)
    {
        var found = await RowsAsync(
            "load-snapshot", row => new Snapshot(stream, row.GetInt64(0), row.GetString(1), row.GetString(2)), cancellationToken, stream.Value);
        return found.SingleOrDefault();
    }

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
        await RowsAsync("due-deadlines", PostgresRows.Deadline, cancellationToken, now.UtcTicks);

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        await ScalarAsync("next-deadline", cancellationToken) is long due ? new DateTimeOffset(due, TimeSpan.Zero) : null;

    /// <inheritdoc/>
    public async Task<AuditReport> VerifyAsync(Anchors anchors, CancellationToken cancellationToken)
    {
        await opening.EnsureAsync(cancellationToken);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("begin-audit");
        batch.Add("audit-events");
        batch.Add("audit-empty-streams");
        batch.Add("commit");
        batch.Timeout = 0;
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var audit = new ChainAudit(anchors);
        while (await reader.ReadAsync(cancellationToken))
        {
            audit.Row(PostgresRows.Event(reader), PostgresRows.Head(reader, 8));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            audit.Empty(reader.GetString(0), PostgresRows.Head(reader, 1)!);
        }

        return audit.Finish();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A container disposes it once for each port that it is registered as.
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        await appender.DisposeAsync();
        await listener.DisposeAsync();
        await source.DisposeAsync();
        opening.Dispose();
    }

    private async Task RunAsync(string query, CancellationToken cancellationToken, params object[] values)
    {
        await opening.EnsureAsync(cancellationToken);
        await source.RunAsync(query, cancellationToken, values);
    }

    private async Task<object?> ScalarAsync(string query, CancellationToken cancellationToken, params object[] values)
    {
        await opening.EnsureAsync(cancellationToken);
        return await source.ScalarAsync(query, cancellationToken, values);
    }

    private async Task<List<T>> RowsAsync<T>(
        string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] values)
    {
        await opening.EnsureAsync(cancellationToken);
        return await source.RowsAsync(query, read, cancellationToken, values);
    }
}
