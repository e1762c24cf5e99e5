using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moss.EventStore.Projections;
using Moss.Ingestion.Batches;
using Moss.Ingestion.Evidence;
using Moss.Ingestion.Evolutions;
using Moss.Ingestion.Substrates;
using Moss.Records;
using Moss.ServiceDefaults.Configuration;
using Moss.Substrates;

namespace Moss.Ingestion;

/// <summary>Ingestion's door: substrates, evidence, batches, and the request to evolve one.</summary>
public static class IngestionService
{
    /// <summary>Adds everything that ingestion needs besides an event store, artifacts and workspaces.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services)
    {
        services.AddOptionsOf<IngestionOptions>(IngestionOptions.Section);
        services.AddEventNames();

        services.AddProjection<SubstrateRegistry>();
        services.AddSingleton<ISubstrateDirectory>(provider => provider.GetRequiredService<SubstrateRegistry>());
        services.AddSingleton<SubstrateInspection>();
        services.AddSingleton<KnownScenarios>();
        services.AddSingleton<BatchStreams>();
        services.AddSingleton<SetAsideStreams>();
        services.AddSingleton<CorpusStreams>();
        services.AddSingleton<BatchIntake>();
        services.AddBatchEvidence();
        services.AddSingleton<BaseCommits>();
        services.AddSingleton<EvolutionStates>();
        services.AddSingleton<RunningEvolutions>();
        services.AddSingleton<DayReservations>();
        services.AddProjection<BatchIndex>();
        services.AddHostedService<AgeSealing>();
        services.AddFeedHandler<BatchReopening>(FeedStart.Checkpoint, exclusive: true);
        return services;
    }

    /// <summary>Maps its endpoints.</summary>
    public static void MapIngestion(this IEndpointRouteBuilder routes)
    {
        routes.MapSubstrates();
        routes.MapEvidence();
        routes.MapBatches();
        routes.MapStart();
    }
}
