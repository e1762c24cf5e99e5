using Moss.EventStore.Appending;
using Npgsql;

namespace Moss.EventStore.Postgres;

/// <summary>
/// Appends in two round trips for all who wait: lock and read heads, then write and commit. The lock is one for the database
/// and lasts to the end of the transaction, so positions are given in commit order and versions are decided on what is true.
/// </summary>
internal sealed class PostgresAppender : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly FeedSignal signal;
    private readonly GroupWriter<AppendJob> writer;

    public PostgresAppender(NpgsqlDataSource source, FeedSignal signal)
    {
        (this.source, this.signal) = (source, signal);
        writer = new GroupWriter<AppendJob>(WriteAsync, failure => failure is PostgresException);
        writer.Start();
    }

    public async Task<long> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        var job = new AppendJob(request);
        writer.Add(job);
        try
        {
            return (await job.DoneAsync(cancellationToken)).VersionOrThrow();
        }
        catch (PostgresException conflict) when (conflict.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Someone appends without the lock; the database's own constraints still let only one win.
            throw conflict.ConstraintName == "events_id"
                ? new DuplicateEventException(request.Stream, request.Events[0].Id)
                : new WrongExpectedVersionException(request.Stream, request.Expected);
        }
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async ValueTask WriteAsync(IReadOnlyList<AppendJob> jobs)
    {
        await using var connection = await source.OpenConnectionAsync();
        var ledger = await LockAsync(connection, jobs);
        var rows = jobs.SelectMany(job => job.Decide(ledger)).ToList();
        await CommitAsync(connection, rows);
        signal.Reached(ledger.LastPosition);
    }

    private static async Task<AppendLedger> LockAsync(NpgsqlConnection connection, IReadOnlyList<AppendJob> jobs)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("begin-write");
        batch.Add("lock-append");
        batch.Add("last-position");
        batch.Add("read-heads", (object)jobs.Select(job => job.Request.Stream.Value).Distinct().ToArray()); // or each would be a parameter
        batch.Add("find-events", jobs.SelectMany(job => job.Request.Events).Select(added => added.Id).ToArray());
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        var ledger = new AppendLedger(reader.GetInt64(0));
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            ledger.Learn(reader.GetString(0), PostgresRows.Head(reader, 1)!);
        }

        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            ledger.Learn(reader.GetGuid(0), new EventPlace(reader.GetString(1), reader.GetInt64(2), reader.GetString(3)));
        }

        return ledger;
    }

    private static async Task CommitAsync(NpgsqlConnection connection, List<EventRow> rows)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (rows.Count > 0)
        {
            var heads = rows.GroupBy(row => row.Stream).Select(stream => stream.Last()).ToList();
            batch.Add(
                "append-events",
                rows.Select(row => row.Position).ToArray(), rows.Select(row => row.Stream).ToArray(), rows.Select(row => row.Version).ToArray(),
                rows.Select(row => row.Id).ToArray(), rows.Select(row => row.Name).ToArray(), rows.Select(row => row.Data).ToArray(),
                rows.Select(row => row.Metadata).ToArray(), rows.Select(row => row.Hash).ToArray());
            batch.Add(
                "save-heads",
                heads.Select(row => row.Stream).ToArray(), heads.Select(row => row.Version).ToArray(), heads.Select(row => row.Hash).ToArray());
            batch.Add("notify", rows[^1].Position);
        }

        batch.Add("commit");
        await batch.ExecuteNonQueryAsync();
    }

    private sealed class AppendJob(AppendRequest request) : WriteJob<AppendOutcome>
    {
        public AppendRequest Request => request;

        public IReadOnlyList<EventRow> Decide(AppendLedger ledger)
        {
            Result = ledger.Append(request);
            return Result is AppendOutcome.Accepted accepted ? accepted.Rows : [];
        }
    }
}
