using Microsoft.Data.Sqlite;
using Moss.EventStore.Appending;
using Moss.EventStore.Sqlite;
using Moss.Testing;

namespace Moss.EventStore.Tests.Conformance;

public sealed class SqliteEventStoreTests : EventStoreConformance
{
    protected override Task<StoreUnderTest> CreateAsync() => Task.FromResult<StoreUnderTest>(new SqliteUnderTest());
}

internal sealed class SqliteUnderTest : StoreUnderTest
{
    private readonly TemporaryFolder folder = new();
    private readonly List<SqliteEventStore> others = [];
    private readonly SqliteEventStore store;

    public SqliteUnderTest() => store = new SqliteEventStore(File, TestEvents.Catalog());

    public override IEventStore Store => store;

    private string File => folder.Combine("moss.db");

    public override IEventStore Another()
    {
        var other = new SqliteEventStore(File, TestEvents.Catalog());
        lock (others)
        {
            others.Add(other);
        }

        return other;
    }

    /// <summary>A transaction of its own that has its position and keeps the one write lock of the file.</summary>
    public override async Task<Func<Task>> BeginSlowAppendAsync(StreamId stream, int writers)
    {
        await store.LastPositionAsync(CancellationToken.None);
        var session = SqliteSession.Writer(File);
        session.Run("begin-write");
        var request = new EventCodec(TestEvents.Catalog()).Encode(stream, ExpectedVersion.NoStream, TestEvents.Count(0, 1));
        new SqliteWriteGroup(session).Append(request).VersionOrThrow().ShouldBe(0);
        return () =>
        {
            session.Run("commit");
            session.Dispose();
            return Task.CompletedTask;
        };
    }

    internal override async Task TamperAsync(Func<IReadOnlyList<EventRow>, IEnumerable<EventRow>> change)
    {
        await using var connection = await OpenAsync();
        var rows = new List<EventRow>();
        await using (var read = Command(connection, "select position, stream, version, id, name, data, metadata, hash from events order by position"))
        await using (var reader = await read.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                rows.Add(SqliteRows.Event(reader));
            }
        }

        await Command(connection, "delete from events").ExecuteNonQueryAsync();
        foreach (var row in change(rows))
        {
            await Command(
                connection, "insert into events (position, stream, version, id, name, data, metadata, hash) values (@0, @1, @2, @3, @4, @5, @6, @7)",
                row.Position, row.Stream, row.Version, row.Id.ToString("D"), row.Name, row.Data, row.Metadata, row.Hash).ExecuteNonQueryAsync();
        }
    }

    internal override async Task TamperWithHeadAsync(StreamId stream, StreamHead? head)
    {
        await using var connection = await OpenAsync();
        await Command(connection, "delete from streams where stream = @0", stream.Value).ExecuteNonQueryAsync();
        if (head is not null)
        {
            await Command(connection, "insert into streams (stream, version, hash) values (@0, @1, @2)", stream.Value, head.Version, head.Hash)
                .ExecuteNonQueryAsync();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        foreach (var other in others)
        {
            await other.DisposeAsync();
        }

        folder.Dispose();
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params object[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue($"@{index}", values[index]);
        }

        return command;
    }
}
