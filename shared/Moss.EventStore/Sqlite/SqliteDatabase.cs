using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Moss.EventStore.Appending;

namespace Moss.EventStore.Sqlite;

/// <summary>The file: one writer that groups what waits, and as many readers as there are reads at once.</summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private const int Constraint = 19;

    private readonly string path;
    private readonly Opening opening;
    private readonly GroupWriter<ISqliteJob> writer;
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private SqliteSession? writing;

    public SqliteDatabase(string path)
    {
        this.path = path;
        opening = new Opening(Open);
        writer = new GroupWriter<ISqliteJob>(Write, failure => failure is SqliteException { SqliteErrorCode: Constraint });
    }

    public FeedSignal Signal { get; } = new();

    public ValueTask OpenAsync(CancellationToken cancellationToken) => opening.EnsureAsync(cancellationToken);

    public async Task<T> WriteAsync<T>(Func<SqliteWriteGroup, T> work, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var job = new SqliteJob<T>(work);
        writer.Add(job);
        return await job.DoneAsync(cancellationToken);
    }

    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var session = idle.TryTake(out var free) ? free : SqliteSession.Reader(path);
        try
        {
            var result = read(session);
            idle.Add(session);
            return result;
        }
        catch
        {
            session.Dispose(); // It may be inside a transaction.
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }

        writing?.Dispose();
        opening.Dispose();
    }

    private Task Open(CancellationToken cancellationToken)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path));
            Directory.CreateDirectory(folder!);
            var session = SqliteSession.Writer(path);
            try
            {
                ApplySchema(session);
                Signal.Reached((long)session.Scalar("last-position")!);
            }
            catch
            {
                session.Dispose();
                throw;
            }

            writing = session;
        }
        catch (SqliteException broken)
        {
            throw new IOException($"cannot open the event store {path}: {broken.Message}", broken);
        }

        writer.Start();
        return Task.CompletedTask;
    }

    private void ApplySchema(SqliteSession session)
    {
        session.Run("begin-write");
        var version = (long)session.Scalar("schema-version")!;
        if (version > SqliteSession.Scripts.Schema.Count)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"{path} was written by a newer Moss: its schema is {version}, this Moss knows {SqliteSession.Scripts.Schema.Count}"));
        }

        foreach (var script in SqliteSession.Scripts.Schema.Where(script => script.Number > version))
        {
            session.Execute(script.Sql);
        }

        session.Run("commit");
    }

    private ValueTask Write(IReadOnlyList<ISqliteJob> jobs)
    {
        var group = new SqliteWriteGroup(writing!);
        try
        {
            writing!.Run("begin-write");
            foreach (var job in jobs)
            {
                job.Run(group);
            }

            writing.Run("commit");
        }
        catch (SqliteException broken) when (broken.SqliteErrorCode != Constraint)
        {
            RollBack();
            throw new IOException($"cannot write the event store {path}: {broken.Message}", broken);
        }
        catch
        {
            RollBack();
            throw;
        }

        Signal.Reached(group.LastPosition);
        return ValueTask.CompletedTask;
    }

    private void RollBack()
    {
        try
        {
            writing!.Run("rollback");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }
}
