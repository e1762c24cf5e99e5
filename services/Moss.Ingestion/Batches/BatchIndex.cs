using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Moss.Domain.Evidence;
using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.EventStore.Projections;

namespace Moss.Ingestion.Batches;

/// <summary>Where a piece of evidence is.</summary>
/// <param name="Batch">Null when it was set aside.</param>
/// <param name="Content">Digest of what was reported; empty when it was not taken.</param>
/// <param name="SetAside">Why it is in no batch; null when it is in one.</param>
internal sealed record KnownEvidence(Guid? Batch, Guid Content, string? SetAside);

/// <summary>Substrate by batch, when each open batch was opened, and where each piece of evidence is.</summary>
internal sealed record KnownBatches(
    ImmutableDictionary<Guid, string> Substrates, ImmutableDictionary<Guid, DateTimeOffset> Open, ImmutableDictionary<Guid, KnownEvidence> Evidence)
{
    public static KnownBatches None { get; } =
        new(ImmutableDictionary<Guid, string>.Empty, ImmutableDictionary<Guid, DateTimeOffset>.Empty, ImmutableDictionary<Guid, KnownEvidence>.Empty);

    /// <summary>Batches of a substrate, or all, newest first.</summary>
    public IReadOnlyList<Guid> Of(string? substrate) =>
        [.. Substrates.Where(batch => substrate is null || batch.Value == substrate).Select(batch => batch.Key).OrderDescending()];

    /// <summary>Open batches of a substrate, newest first.</summary>
    public IReadOnlyList<Guid> OpenOf(string substrate) => [.. Open.Keys.Where(batch => Substrates[batch] == substrate).OrderDescending()];
}

/// <summary>Which batches there are, and in which one a piece of evidence is.</summary>
internal sealed class BatchIndex(IEventFeed feed, TimeProvider clock, ILogger<BatchIndex> logger)
    : Projection<KnownBatches>(KnownBatches.None, feed, clock, logger)
{
    protected override KnownBatches Apply(KnownBatches current, StoredEvent stored) => stored.Data switch
    {
        BatchOpened opened => current with
        {
            Substrates = current.Substrates.SetItem(opened.Batch, opened.Substrate),
            Open = current.Open.SetItem(opened.Batch, stored.Metadata.Time),
        },
        EvidenceAdded added => current with
        {
            Evidence = current.Evidence.SetItem(added.Evidence, new(BatchOf(stored), added.Content, null)),
        },
        EvidenceSetAside aside => current with
        {
            Evidence = current.Evidence.SetItem(aside.Report.Evidence, new(null, aside.Report.Content, aside.Reason)),
        },
        BatchReopened => current with { Open = current.Open.SetItem(BatchOf(stored), stored.Metadata.Time) },
        BatchSealed => current with { Open = current.Open.Remove(BatchOf(stored)) },
        EvolutionRequested requested => current with { Open = current.Open.Remove(requested.Batch) },
        _ => current,
    };

    private static Guid BatchOf(StoredEvent stored) => Guid.Parse(stored.Metadata.Correlation);
}
