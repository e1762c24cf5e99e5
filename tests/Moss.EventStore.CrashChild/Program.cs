using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Moss.EventStore;
using Moss.EventStore.CrashChild;
using Moss.EventStore.Postgres;
using Moss.EventStore.Sqlite;

// Appends until it is killed: four writers, one stream each, and a line on standard output for each append that was acknowledged.
// usage: Moss.EventStore.CrashChild sqlite|postgres PATH|CONNECTION
await using IEventStore store = args[0] == "sqlite"
    ? new SqliteEventStore(args[1], Written.Catalog())
    : new PostgresEventStore(args[1], Written.Catalog(), TimeProvider.System, NullLogger<PostgresEventStore>.Instance);

await Task.WhenAll(Enumerable.Range(0, 4).Select(AppendForEverAsync));

async Task AppendForEverAsync(int writer)
{
    var stream = new StreamId(string.Create(CultureInfo.InvariantCulture, $"crash-{writer}"));
    for (var round = 0; ; round++)
    {
        var events = Enumerable.Range(0, 1 + (round % 3)).Select(value => new NewEvent(
            Guid.CreateVersion7(), new Written(value, new string('x', 200)),
            new EventMetadata("crash", "", "child", TimeProvider.System.GetUtcNow()))).ToList();
        var version = await store.AppendAsync(stream, ExpectedVersion.Any, events, CancellationToken.None);
        var line = string.Create(CultureInfo.InvariantCulture, $"{stream.Value} {version}");
        lock (store)
        {
            Console.WriteLine(line);
        }
    }
}
