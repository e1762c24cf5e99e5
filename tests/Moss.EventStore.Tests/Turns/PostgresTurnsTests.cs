using Microsoft.Extensions.Logging.Abstractions;
using Moss.EventStore.Postgres;
using Moss.EventStore.Tests.Conformance;
using Moss.EventStore.Turns;
using Npgsql;

namespace Moss.EventStore.Tests.Turns;

[Collection(PostgresTests.Name)]
public sealed class PostgresTurnsTests(PostgresFixture fixture) : TurnConformance, IAsyncLifetime
{
    private string database = "";
    private PostgresTurns mine = null!;
    private PostgresTurns others = null!;

    protected override ITurns Turns => mine;

    protected override ITurns Others => others;

    public async Task InitializeAsync()
    {
        database = await fixture.Server.CreateDatabaseAsync();
        (mine, others) = (Open(), Open());
    }

    public async Task DisposeAsync()
    {
        await mine.DisposeAsync();
        await others.DisposeAsync();
    }

    [Fact]
    public async Task A_holder_whose_session_dies_hears_of_it_and_another_takes_over_within_five_seconds()
    {
        await using var held = await mine.TakeAsync("dispatcher", CancellationToken.None).WaitAsync(Patience);
        var waiting = others.TakeAsync("dispatcher", CancellationToken.None);

        await KillHoldersAsync();

        await using var next = await waiting.WaitAsync(TimeSpan.FromSeconds(5));
        await Should.ThrowAsync<OperationCanceledException>(() => Task.Delay(Patience, TimeProvider.System, held.Lost));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_lost_its_turn_stops_working_and_waits_for_the_next(bool breaks)
    {
        using var stop = new CancellationTokenSource();
        var begun = new SemaphoreSlim(0);
        var work = mine.RunAsync(
            "dispatcher",
            async held =>
            {
                begun.Release();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, held).ConfigureAwait(breaks ? ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.None);
                _ = stop.IsCancellationRequested ? 0 : throw new IOException("the database that took the turn away is not there for the work either");
            },
            stop.Token);
        (await begun.WaitAsync(Patience)).ShouldBeTrue();

        await KillHoldersAsync();

        (await begun.WaitAsync(Patience)).ShouldBeTrue("it works again");
        await stop.CancelAsync();
        await work.WaitAsync(Patience);
        begun.Dispose();
    }

    [Fact]
    public async Task What_breaks_while_the_turn_is_held_is_the_works_own()
    {
        var work = mine.RunAsync("dispatcher", _ => throw new IOException("its own"), CancellationToken.None);

        (await Should.ThrowAsync<IOException>(() => work.WaitAsync(Patience))).Message.ShouldBe("its own");
    }

    /// <summary>Ends the sessions that hold a lock, as the death of their process does.</summary>
    private async Task KillHoldersAsync()
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select pg_terminate_backend(pid) from pg_locks
            where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
            """,
            connection);
        await command.ExecuteNonQueryAsync();
    }

    private PostgresTurns Open() => new(database, TimeProvider.System, NullLogger<PostgresTurns>.Instance);
}
