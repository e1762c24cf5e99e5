using Moss.EventStore.Appending;

namespace Moss.EventStore.Sqlite;

/// <summary>What may be done inside one write transaction.</summary>
internal sealed class SqliteWriteGroup(SqliteSession session)
{
    private AppendLedger? ledger;

    /// <summary>Position of the last event, when anything was appended.</summary>
    public long LastPosition => ledger?.LastPosition ?? 0;

    /// <summary>Rows changed.</summary>
    public int Run(string query, params ReadOnlySpan<object> values) => session.Run(query, values);

    /// <inheritdoc cref="SqliteSession.Execute"/>
    public object? Execute(string script) => session.Execute(script);

    public AppendOutcome Append(AppendRequest request)
    {
        ledger ??= new AppendLedger((long)session.Scalar("last-position")!);
        Learn(ledger, request);
        var outcome = ledger.Append(request);
        if (outcome is AppendOutcome.Accepted accepted)
        {
            foreach (var row in accepted.Rows)
            {
                session.Run(
                    "append-event", row.Position, row.Stream, row.Version, row.Id.ToString("D"), row.Name, row.Data, row.Metadata, row.Hash);
            }

            session.Run("save-head", request.Stream.Value, accepted.Head.Version, accepted.Head.Hash);
        }

        return outcome;
    }

    private void Learn(AppendLedger known, AppendRequest request)
    {
        var stream = request.Stream.Value;
        if (!known.Knows(request.Stream) && session.First("read-head", row => SqliteRows.Head(row, 0), stream) is { } head)
        {
            known.Learn(stream, head);
        }

        foreach (var added in request.Events)
        {
            if (session.First("find-event", SqliteRows.Place, added.Id.ToString("D")) is { } place)
            {
                known.Learn(added.Id, place);
            }
        }
    }
}

/// <summary>A job for the one writer of the file.</summary>
internal interface ISqliteJob : IWriteJob
{
    void Run(SqliteWriteGroup group);
}

/// <inheritdoc cref="ISqliteJob"/>
internal sealed class SqliteJob<T>(Func<SqliteWriteGroup, T> work) : WriteJob<T>, ISqliteJob
{
    public void Run(SqliteWriteGroup group) => Result = work(group);
}
