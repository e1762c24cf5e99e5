using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Moss.EventStore.Turns;
using Moss.ServiceDefaults.Bus.Broker;
using Moss.ServiceDefaults.Stages;

namespace Moss.ServiceDefaults.Bus;

/// <summary>The one place that knows which transport Moss talks over.</summary>
public static class BusRegistration
{
    /// <summary>
    /// The bus of a process that holds every service: in memory. What it loses when the process is killed is found again
    /// from the event store. Each service adds its consumers with <see cref="AddConsumersOf"/> before this is called.
    /// </summary>
    public static IServiceCollection AddInMemoryBus(this IServiceCollection services)
    {
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            foreach (var contribution in services.Contributions())
            {
                contribution(bus);
            }

            bus.AddConsumer<CancelWorkHandler>();
            bus.UsingInMemory((context, transport) =>
            {
                transport.ConcurrentMessageLimit = ConcurrentMessages;
                transport.ConfigureEndpoints(context);
            });
        });
        services.TryAddSingleton<IQueueDesk, NoBroker>();
        return services.AddStages();
    }

    /// <summary>Messages of one queue that are worked on at once; stages bring their own limits.</summary>
    public const int ConcurrentMessages = 16;

    /// <summary>What every worker needs.</summary>
    public static IServiceCollection AddStages(this IServiceCollection services)
    {
        services.TryAddSingleton<RunningStages>();
        services.TryAddSingleton<ITurns, LocalTurns>();
        services.TryAddSingleton<StageDesk>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StageStopping>());
        return services;
    }

    /// <summary>A service's part of the bus: its consumers and sagas.</summary>
    public static IServiceCollection AddConsumersOf(this IServiceCollection services, Action<IBusRegistrationConfigurator> consumers) =>
        services.AddSingleton(new BusContribution(consumers));

    internal static List<Action<IBusRegistrationConfigurator>> Contributions(this IServiceCollection services) =>
        services
            .Where(service => service.ServiceType == typeof(BusContribution))
            .Select(service => ((BusContribution)service.ImplementationInstance!).Consumers)
            .ToList();

    private sealed record BusContribution(Action<IBusRegistrationConfigurator> Consumers);
}
