using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Moss.EventStore.Postgres;
using Moss.EventStore.Tests.Conformance;
using Npgsql;
using static Moss.EventStore.Tests.TestEvents;

namespace Moss.EventStore.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresDatabaseTests(PostgresFixture fixture) : IAsyncLifetime
{
    private static readonly StreamId Stream = new("evolution-1");

    private string database = "";

    public async Task InitializeAsync() => database = await fixture.Server.CreateDatabaseAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Any_number_of_processes_may_start_on_an_empty_database_at_once()
    {
        var stores = Enumerable.Range(0, 6).Select(_ => Open()).ToList();

        await Task.WhenAll(stores.Select(store => store.AppendAsync(Stream, ExpectedVersion.Any, Count(0, 1)))).SoonAsync();

        (await stores[0].StreamAsync(Stream)).Count.ShouldBe(6);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_database_of_a_newer_moss_is_left_alone()
    {
        await using var store = Open();
        await store.LastPositionAsync(CancellationToken.None);
        await RunAsync("insert into moss.schema_versions (number) values (99)");

        await using var older = Open();

        (await Should.ThrowAsync<InvalidDataException>(() => older.LastPositionAsync(CancellationToken.None))).Message.ShouldContain("newer Moss");
    }

    [Theory]
    [InlineData("events_stream_version", typeof(WrongExpectedVersionException))]
    [InlineData("events_id", typeof(DuplicateEventException))]
    public async Task A_writer_that_ignores_the_lock_still_cannot_take_a_place_twice(string constraint, Type expected)
    {
        await using var store = Open();
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1));
        var added = New(new Counted(1));
        await using var stranger = new NpgsqlConnection(database);
        await stranger.OpenAsync();
        await using var transaction = await stranger.BeginTransactionAsync();
        await using var insert = new NpgsqlCommand(
            "insert into moss.events select 99, stream || $1, 1, $2, name, data, metadata, hash from moss.events", stranger);
        insert.Parameters.Add(new NpgsqlParameter { Value = constraint == "events_id" ? "-other" : "" });
        insert.Parameters.Add(new NpgsqlParameter { Value = constraint == "events_id" ? added.Id : Guid.CreateVersion7() });
        await insert.ExecuteNonQueryAsync();

        var append = store.AppendAsync(Stream, ExpectedVersion.Exactly(0), added);
        await transaction.CommitAsync();

        (await Record.ExceptionAsync(() => append.SoonAsync())).ShouldBeOfType(expected);
    }

    [Fact]
    public async Task The_stored_text_is_not_rewritten()
    {
        await using var store = Open();
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, New(new Opened("b \u0000 a", 1)));

        (await RunAsync("select data from moss.events")).ShouldBe("""{"title":"b \u0000 a","seats":1}""");
    }

    [Fact]
    public async Task Who_waits_hears_of_appends_even_after_its_connection_was_cut()
    {
        await using var store = Open();
        await using var other = Open();
        await other.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1));
        var heard = FollowAsync(store, until: 3);
        await ListenersAsync();

        await RunAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = 'moss listener'");
        await other.AppendAsync(Stream, ExpectedVersion.Exactly(0), Count(1, 2));

        await heard.SoonAsync();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error_and_not_a_hang()
    {
        await using var store = new PostgresEventStore(
            "Host=/nonexistent;Username=moss;Database=moss", Catalog(), TimeProvider.System, NullLogger<PostgresEventStore>.Instance);

        await Should.ThrowAsync<NpgsqlException>(() => store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1)).SoonAsync());
        await Should.ThrowAsync<NpgsqlException>(() => store.ReadFeedAsync(0, 1, CancellationToken.None).SoonAsync());
    }

    [Fact]
    public void A_malformed_connection_string_is_refused() => Should.Throw<ArgumentException>(
        () => new PostgresEventStore("nonsense", Catalog(), TimeProvider.System, NullLogger<PostgresEventStore>.Instance));

    private static async Task FollowAsync(PostgresEventStore store, long until)
    {
        for (var after = 0L; after < until; after = await store.LastPositionAsync(CancellationToken.None))
        {
            await store.WaitForEventsAsync(after, CancellationToken.None);
        }
    }

    /// <summary>Completes once a listener is past its start and waits.</summary>
    private async Task ListenersAsync()
    {
        const string listening = """
            select count(*) from pg_stat_activity
            where datname = current_database() and application_name = 'moss listener' and state = 'idle' and query like '%max(position)%'
            """;
        var since = Stopwatch.StartNew();
        while ((long)(await RunAsync(listening))! == 0)
        {
            since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private async Task<object?> RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The tests' own text.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    private PostgresEventStore Open() => new(database, Catalog(), TimeProvider.System, NullLogger<PostgresEventStore>.Instance);
}
