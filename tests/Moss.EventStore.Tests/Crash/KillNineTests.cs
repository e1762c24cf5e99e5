using Microsoft.Extensions.Logging.Abstractions;
using Moss.EventStore.CrashChild;
using Moss.EventStore.Postgres;
using Moss.EventStore.Sqlite;
using Moss.Testing;
using Moss.Testing.Postgres;

namespace Moss.EventStore.Tests.Crash;

/// <summary>What was acknowledged before a kill -9 is there afterwards, and the history is whole.</summary>
public sealed class KillNineTests
{
    [Fact]
    public async Task A_sqlite_file_keeps_everything_that_was_acknowledged()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("moss.db");

        await KillAgainAndAgainAsync("sqlite", file, () => new SqliteEventStore(file, Written.Catalog()));
    }

    [Fact]
    public async Task A_postgresql_database_keeps_everything_that_was_acknowledged()
    {
        await using var server = await PostgresServer.StartAsync(durable: true);
        var database = await server.CreateDatabaseAsync();

        await KillAgainAndAgainAsync(
            "postgres", database,
            () => new PostgresEventStore(database, Written.Catalog(), TimeProvider.System, NullLogger<PostgresEventStore>.Instance));
    }

    private static async Task KillAgainAndAgainAsync(string kind, string target, Func<IEventStore> open)
    {
        foreach (var appends in new[] { 1, 7, 40, 150 })
        {
            var acknowledged = await CrashingProcess.KillAfterAsync(appends, kind, target);

            await using var store = open();
            foreach (var (stream, version) in acknowledged)
            {
                (await store.StreamAsync(stream)).Count.ShouldBeGreaterThan((int)version, $"{stream} after {appends} appends");
            }

            var report = await store.VerifyAsync(CancellationToken.None);
            report.Problems.ShouldBeEmpty();
            var feed = await store.ReadFeedAsync(0, int.MaxValue, CancellationToken.None);
            feed.Select(stored => stored.Position).ShouldBe(Enumerable.Range(1, feed.Count).Select(position => (long)position));
            feed.Count.ShouldBe((int)report.Events);
        }
    }
}
