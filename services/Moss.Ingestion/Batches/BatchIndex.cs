using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Moss.Domain.Evidence;
using Moss.EventStore;
using Moss.EventStore.Projections;

namespace Moss.Ingestion.Batches;

/// <summary>Substrate by batch, and batch by evidence.</summary>
internal sealed record KnownBatches(ImmutableDictionary<Guid, string> Substrates, ImmutableDictionary<Guid, Guid> Evidence)
{
    public static KnownBatches None { get; } = new(ImmutableDictionary<Guid, string>.Empty, ImmutableDictionary<Guid, Guid>.Empty);

    /// <summary>Batches of a substrate, or all, newest first.</summary>
    public IReadOnlyList<Guid> Of(string? substrate) =>
        [.. Substrates.Where(batch => substrate is null || batch.Value == substrate).Select(batch => batch.Key).OrderDescending()];
}

/// <summary>Which batches there are, and in which one a piece of evidence is.</summary>
internal sealed class BatchIndex(IEventFeed feed, TimeProvider clock, ILogger<BatchIndex> logger)
    : Projection<KnownBatches>(KnownBatches.None, feed, clock, logger)
{
    protected override KnownBatches Apply(KnownBatches current, StoredEvent stored) => stored.Data switch
    {
        BatchOpened opened => current with { Substrates = current.Substrates.SetItem(opened.Batch, opened.Substrate) },
        EvidenceAdded added => current with
        {
            Evidence = current.Evidence.SetItem(added.Evidence, Guid.Parse(stored.Metadata.Correlation)),
        },
        _ => current,
    };
}
