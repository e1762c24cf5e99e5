using Microsoft.Extensions.DependencyInjection;
using Moss.Artifacts;
using Moss.EventStore;
using Moss.EventStore.Projections;
using Moss.Substrates;

namespace Moss.Records;

/// <summary>The door of this module: what one service records and others read.</summary>
public static class RecordsRegistration
{
    /// <summary>The names of all events; each service adds them, and they count once.</summary>
    public static IServiceCollection AddEventNames(this IServiceCollection services) => services.AddEvents(EventNames.Add);

    /// <summary>The evidence of batches, for the roles that look for its cause. Before the coding agents.</summary>
    public static IServiceCollection AddBatchEvidence(this IServiceCollection services) =>
        services.AddEventNames().AddSingleton<IEvidenceReader, BatchEvidenceReader>();

    /// <summary>The directory of substrates, for a process without Ingestion, which brings its own.</summary>
    public static IServiceCollection AddSubstrateDirectory(this IServiceCollection services) =>
        services.AddEventNames()
            .AddProjection<SubstrateDirectory>()
            .AddSingleton<ISubstrateDirectory>(provider => provider.GetRequiredService<SubstrateDirectory>());
}
