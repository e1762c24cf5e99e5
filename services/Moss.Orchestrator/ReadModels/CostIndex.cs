using Microsoft.Extensions.Logging;
using Moss.Domain.Money;
using Moss.EventStore;
using Moss.EventStore.Projections;

namespace Moss.Orchestrator.ReadModels;

/// <summary>What was paid for, of all evolutions.</summary>
internal sealed class CostIndex(IEventFeed feed, TimeProvider clock, ILogger<CostIndex> logger) : Projection<CostBook>(CostBook.Empty, feed, clock, logger)
{
    /// <summary>Everything that is recorded by now.</summary>
    public Task<CostBook> ReadAsync(CancellationToken cancellationToken) => CaughtUpAsync(cancellationToken);

    protected override CostBook Apply(CostBook current, StoredEvent stored) => current.Apply(stored.Data, stored.Metadata.Time);
}
