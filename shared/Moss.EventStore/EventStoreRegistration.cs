using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moss.EventStore.Postgres;
using Moss.EventStore.Sqlite;
using Moss.EventStore.Turns;

namespace Moss.EventStore;

/// <summary>The door of this module.</summary>
public static class EventStoreRegistration
{
    /// <summary>
    /// Registers the store as <see cref="IEventStore"/> and as each port it offers. It opens when the host starts, or at first use.
    /// </summary>
    public static IServiceCollection AddEventStore(this IServiceCollection services, Action<EventStoreOptions> configure)
    {
        services.AddOptions<EventStoreOptions>()
            .Configure(configure)
            .Validate(
                options => string.IsNullOrWhiteSpace(options.Sqlite) != string.IsNullOrWhiteSpace(options.Postgres),
                $"set exactly one of {EventStoreOptions.Section}:Sqlite (a file) and {EventStoreOptions.Section}:Postgres (a connection string)")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddEvents(static _ => { });
        services.TryAddSingleton(Create);
        services.TryAddSingleton<IEventAppender>(Store);
        services.TryAddSingleton<IEventReader>(Store);
        services.TryAddSingleton<IEventFeed>(Store);
        services.TryAddSingleton<ICheckpointStore>(Store);
        services.TryAddSingleton<ISnapshotStore>(Store);
        services.TryAddSingleton<IDeadlineStore>(Store);
        services.TryAddSingleton<IEventAudit>(Store);
        services.Replace(ServiceDescriptor.Singleton(CreateTurns));
        services.AddHostedService<EventStoreStartup>();
        return services;
    }

    /// <summary>
    /// Adds a module's events to the one catalog of the process. A method that several modules contribute counts once.
    /// </summary>
    public static IServiceCollection AddEvents(this IServiceCollection services, Action<EventCatalog> contribute)
    {
        services.AddSingleton(new EventContribution(contribute));
        services.TryAddSingleton(provider =>
        {
            var catalog = new EventCatalog();
            foreach (var contribution in provider.GetServices<EventContribution>().Distinct())
            {
                contribution.Add(catalog);
            }

            return catalog;
        });
        return services;
    }

    private static IEventStore Store(IServiceProvider provider) => provider.GetRequiredService<IEventStore>();

    private static IEventStore Create(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<EventStoreOptions>>().Value;
        var catalog = provider.GetRequiredService<EventCatalog>();
        return string.IsNullOrWhiteSpace(options.Postgres)
            ? new SqliteEventStore(options.Sqlite!, catalog)
            : new PostgresEventStore(
                options.Postgres, catalog, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresEventStore>>());
    }

    private static ITurns CreateTurns(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<EventStoreOptions>>().Value;
        return string.IsNullOrWhiteSpace(options.Postgres)
            ? new LocalTurns()
            : new PostgresTurns(
                options.Postgres, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresTurns>>());
    }

    private sealed record EventContribution(Action<EventCatalog> Add);

    /// <summary>Finds a bad path or connection string when the host starts, not at the first event.</summary>
    private sealed class EventStoreStartup(IEventStore store) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => store.LastPositionAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
