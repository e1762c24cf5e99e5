using Moss.Domain.Evidence;
using Moss.Domain.Watching;
using Moss.EventStore;
using Moss.EventStore.Projections;

namespace Moss.Ingestion.Batches;

/// <summary>Reopens the batch of a change that was taken back out of production, with the evidence that came while it served. Once a rollback.</summary>
internal sealed class BatchReopening(BatchStreams streams, BatchIndex index) : IFeedHandler
{
    public string Name => "batch-reopening";

    public async Task HandleAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        if (stored.Data is ProductionRolledBack { Batch: { } batch } rolledBack)
        {
            while (await streams.LoadAsync(batch, cancellationToken) is { Exists: true } loaded
                && loaded.Batch.Reopenings.All(earlier => earlier.Evolution != rolledBack.Evolution)
                && !await TryAsync(batch, loaded, rolledBack, cancellationToken))
            {
                // Somebody else was first: it is looked at again.
            }
        }
    }

    private async Task<bool> TryAsync(Guid batch, LoadedBatch loaded, ProductionRolledBack rolledBack, CancellationToken cancellationToken)
    {
        var known = loaded.Batch.Evidence.Select(item => item.Evidence).ToHashSet();
        var fresh = new List<EvidenceAdded>();
        foreach (var evidence in rolledBack.Evidence.Where(evidence => !known.Contains(evidence)))
        {
            if (await FindAsync(evidence, cancellationToken) is { } added)
            {
                fresh.Add(added);
            }
        }

        try
        {
            await streams.AppendAsync(batch, loaded, rolledBack.By, [new BatchReopened(rolledBack.Evolution, rolledBack.Reason), .. fresh], cancellationToken);
            return true;
        }
        catch (WrongExpectedVersionException)
        {
            return false;
        }
    }

    // It joined a batch of its own when it was reported; it stays there as well.
    private async Task<EvidenceAdded?> FindAsync(Guid evidence, CancellationToken cancellationToken) =>
        (await index.CaughtUpAsync(cancellationToken)).Evidence.GetValueOrDefault(evidence)?.Batch is { } batch
            ? (await streams.LoadAsync(batch, cancellationToken)).Batch.Evidence.FirstOrDefault(item => item.Evidence == evidence)
            : null;
}
