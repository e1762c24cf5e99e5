using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moss.EventStore.Projections;
using Moss.Orchestrator.Api;
using Moss.Orchestrator.Dispatching;
using Moss.Orchestrator.EventSourcing;
using Moss.Orchestrator.Machine;
using Moss.Orchestrator.ReadModels;
using Moss.Orchestrator.Subscribing;
using Moss.Records;
using Moss.ServiceDefaults.Bus;
using Moss.ServiceDefaults.Configuration;

namespace Moss.Orchestrator;

/// <summary>The orchestrator's door: the saga of every evolution, the dispatcher of what it records, and the API to read and steer it.</summary>
public static class OrchestratorService
{
    /// <summary>Adds everything that the orchestrator needs besides an event store, artifacts and a bus.</summary>
    public static IServiceCollection AddOrchestrator(this IServiceCollection services)
    {
        services.AddOptionsOf<OrchestratorOptions>(OrchestratorOptions.Section);
        services.AddEventNames();
        services.AddConsumersOf(bus => bus
            .AddSagaStateMachine<EvolutionStateMachine, EvolutionSaga, EvolutionSagaDefinition>()
            .EventStoreRepository());

        services.AddSingleton<SagaStreams<EvolutionSaga>>();
        services.AddSingleton<Evolutions>();
        services.AddProjection<EvolutionIndex>();
        services.AddProjection<CostIndex>();
        services.AddFeedHandler<Dispatcher>(FeedStart.Beginning, exclusive: true);
        services.AddFeedHandler<ProductionNews>(FeedStart.Checkpoint, exclusive: true);
        services.AddHostedService<DeadlineTimer>();
        return services;
    }

    /// <summary>Tells subscribers on the broker of verdicts; for a process whose bus is one.</summary>
    public static IServiceCollection AddVerdictPublisher(this IServiceCollection services) =>
        services.AddFeedHandler<VerdictPublisher>(FeedStart.Checkpoint, exclusive: true);

    /// <summary>Maps its endpoints.</summary>
    public static void MapOrchestrator(this IEndpointRouteBuilder routes)
    {
        routes.MapEvolutions();
        routes.MapConsent();
        routes.MapSignatures();
        routes.MapVerdicts();
        routes.MapPower();
        routes.MapCosts();
        routes.MapRecords();
        routes.MapQueues();
    }
}
