using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Moss.EventStore.Appending;
using Moss.EventStore.Postgres;
using Moss.Testing.Postgres;
using Npgsql;

namespace Moss.EventStore.Tests.Conformance;

/// <summary>One server for all tests that need one.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresServer.StartAsync(durable: false);

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}

[Collection(PostgresTests.Name)]
public sealed class PostgresEventStoreTests(PostgresFixture fixture) : EventStoreConformance
{
    protected override async Task<StoreUnderTest> CreateAsync() => new PostgresUnderTest(await fixture.Server.CreateDatabaseAsync());
}

internal sealed class PostgresUnderTest : StoreUnderTest
{
    private readonly List<PostgresEventStore> others = [];
    private readonly string connectionString;
    private readonly PostgresEventStore store;

    public PostgresUnderTest(string connectionString)
    {
        this.connectionString = connectionString;
        store = Open();
    }

    public override IEventStore Store => store;

    public override IEventStore Another()
    {
        var other = Open();
        lock (others)
        {
            others.Add(other);
        }

        return other;
    }

    public override IEventStore Neighbour() => Another();

    /// <summary>A trigger stops the store's own append inside its transaction, after it has its position, until the test lets it go.</summary>
    public override async Task<Func<Task>> BeginSlowAppendAsync(StreamId stream, int writers)
    {
        await store.LastPositionAsync(CancellationToken.None);
        var gate = await ConnectAsync();
        await RunAsync(gate, """
            create function moss.wait_for_test() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(7); return new; end';
            create trigger slow after insert on moss.events for each row when (new.stream like 'slow-%') execute function moss.wait_for_test();
            select pg_advisory_lock(7);
            """);
        var append = Another().AppendAsync(stream, ExpectedVersion.NoStream, TestEvents.Count(0, 1));
        await WaitersAsync(gate, 1);
        return async () =>
        {
            await WaitersAsync(gate, 1 + writers);
            await RunAsync(gate, "select pg_advisory_unlock(7)");
            await append;
            await gate.DisposeAsync();
        };
    }

    internal override async Task TamperAsync(Func<IReadOnlyList<EventRow>, IEnumerable<EventRow>> change)
    {
        await using var connection = await ConnectAsync();
        var rows = new List<EventRow>();
        await using (var read = Command(connection, "select position, stream, version, id, name, data, metadata, hash from moss.events order by position"))
        await using (var reader = await read.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                rows.Add(PostgresRows.Event(reader));
            }
        }

        await RunAsync(connection, "truncate moss.events");
        foreach (var row in change(rows))
        {
            await RunAsync(
                connection, "insert into moss.events (position, stream, version, id, name, data, metadata, hash) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                row.Position, row.Stream, row.Version, row.Id, row.Name, row.Data, row.Metadata, row.Hash);
        }
    }

    internal override async Task TamperWithHeadAsync(StreamId stream, StreamHead? head)
    {
        await using var connection = await ConnectAsync();
        await RunAsync(connection, "delete from moss.streams where stream = $1", stream.Value);
        if (head is not null)
        {
            await RunAsync(connection, "insert into moss.streams (stream, version, hash) values ($1, $2, $3)", stream.Value, head.Version, head.Hash);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        foreach (var other in others)
        {
            await other.DisposeAsync();
        }
    }

    private PostgresEventStore Open() =>
        new(connectionString, TestEvents.Catalog(), TimeProvider.System, NullLogger<PostgresEventStore>.Instance);

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Completes once so many transactions of this database wait for an advisory lock.</summary>
    private static async Task WaitersAsync(NpgsqlConnection connection, int count)
    {
        await using var command = Command(
            connection, "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'");
        var since = Stopwatch.StartNew();
        while ((long)(await command.ExecuteScalarAsync())! < count)
        {
            since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), "the appends never waited for the lock");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
#pragma warning disable CA2100 // The tests' own text.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
