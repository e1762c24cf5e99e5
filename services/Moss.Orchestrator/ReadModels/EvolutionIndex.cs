using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.EventStore.Projections;

namespace Moss.Orchestrator.ReadModels;

/// <summary>Which evolutions there are, from the moment they are asked for: substrate and batch by evolution.</summary>
internal sealed class EvolutionIndex(IEventFeed feed, TimeProvider clock, ILogger<EvolutionIndex> logger)
    : Projection<ImmutableDictionary<Guid, (string Substrate, Guid Batch)>>(
        ImmutableDictionary<Guid, (string Substrate, Guid Batch)>.Empty, feed, clock, logger)
{
    public async Task<IReadOnlyList<Guid>> FindAsync(string? substrate, Guid? batch, CancellationToken cancellationToken) =>
    [
        .. (await CaughtUpAsync(cancellationToken))
            .Where(entry => (substrate is null || entry.Value.Substrate == substrate) && (batch is null || entry.Value.Batch == batch))
            .Select(entry => entry.Key),
    ];

    public async Task<bool> KnowsAsync(Guid evolution, CancellationToken cancellationToken) =>
        (await CaughtUpAsync(cancellationToken)).ContainsKey(evolution);

    protected override ImmutableDictionary<Guid, (string Substrate, Guid Batch)> Apply(
        ImmutableDictionary<Guid, (string Substrate, Guid Batch)> current, StoredEvent stored) =>
        stored.Data switch
        {
            EvolutionRequested asked => current.SetItem(asked.Evolution, (asked.Substrate, asked.Batch)),
            EvolutionStarted started => current.SetItem(started.Evolution, (started.Substrate, started.Batch)),
            _ => current,
        };
}
