using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moss.EventStore.Postgres;
using Moss.EventStore.Projections;
using Moss.EventStore.Sqlite;
using Moss.EventStore.Tests.Projections;
using Moss.Testing;
using static Moss.EventStore.Tests.TestEvents;

namespace Moss.EventStore.Tests.Registration;

public sealed class EventStoreRegistrationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_port_is_the_one_store()
    {
        await using var provider = Services(options => options.Sqlite = folder.Combine("moss.db")).BuildServiceProvider();

        var store = provider.GetRequiredService<IEventStore>().ShouldBeOfType<SqliteEventStore>();

        provider.GetRequiredService<IEventAppender>().ShouldBeSameAs(store);
        provider.GetRequiredService<IEventReader>().ShouldBeSameAs(store);
        provider.GetRequiredService<IEventFeed>().ShouldBeSameAs(store);
        provider.GetRequiredService<ICheckpointStore>().ShouldBeSameAs(store);
        provider.GetRequiredService<ISnapshotStore>().ShouldBeSameAs(store);
        provider.GetRequiredService<IDeadlineStore>().ShouldBeSameAs(store);
        provider.GetRequiredService<IEventAudit>().ShouldBeSameAs(store);
    }

    [Fact]
    public async Task A_connection_string_means_postgresql()
    {
        await using var provider = Services(options => options.Postgres = "Host=/nowhere;Username=moss").BuildServiceProvider();

        provider.GetRequiredService<IEventStore>().ShouldBeOfType<PostgresEventStore>();
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", " ")]
    [InlineData("moss.db", "Host=db")]
    public async Task Exactly_one_place_must_be_named(string? sqlite, string? postgres)
    {
        await using var provider = Services(options => (options.Sqlite, options.Postgres) = (sqlite, postgres)).BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IEventStore>()).Message
            .ShouldContain("exactly one of Moss:EventStore:Sqlite (a file) and Moss:EventStore:Postgres");
    }

    [Fact]
    public async Task Modules_add_their_events_to_one_catalog()
    {
        var services = Services(options => options.Sqlite = folder.Combine("moss.db"));
        services.AddEvents(catalog => catalog.Add<Opened>("test.opened.v1"));
        services.AddEvents(catalog => catalog.Add<Counted>("test.counted.v1"));
        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<EventCatalog>().Names.ShouldBe(["test.counted.v1", "test.opened.v1"]);
    }

    [Fact]
    public async Task A_bad_path_stops_the_start()
    {
        var file = folder.Write("file", "");
        using var host = Host(Services(options => options.Sqlite = Path.Combine(file, "moss.db")));

        await Should.ThrowAsync<IOException>(() => host.StartAsync());
    }

    [Fact]
    public async Task A_host_runs_the_subscribers_and_closes_the_store()
    {
        var services = Services(options => options.Sqlite = folder.Combine("moss.db"));
        services.AddEvents(catalog => catalog.Add<Counted>("test.counted.v1"));
        services.AddFeedHandler<RecordingHandler>();
        using (var host = Host(services))
        {
            await host.StartAsync();
            var store = host.Services.GetRequiredService<IEventStore>();
            await store.AppendAsync(new StreamId("evolution-1"), ExpectedVersion.NoStream, Count(0, 3));

            var subscription = host.Services.GetServices<IHostedService>().OfType<FeedSubscription>().ShouldHaveSingleItem();
            await subscription.ReachedAsync(3, CancellationToken.None).SoonAsync();

            host.Services.GetRequiredService<RecordingHandler>().Positions.ShouldBe([1, 2, 3]);
            await host.StopAsync();
        }

        File.Exists(folder.Combine("moss.db-wal")).ShouldBeFalse("the last connection folds the log into the file");
    }

    private static ServiceCollection Services(Action<EventStoreOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddEventStore(configure);
        return services;
    }

    private static IHost Host(ServiceCollection services)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        foreach (var service in services)
        {
            builder.Services.Add(service);
        }

        return builder.Build();
    }
}
