using System.Text;
using Moss.Artifacts;
using Moss.Domain.Evidence;
using Moss.Ingestion.Evidence;

namespace Moss.Ingestion.Batches;

/// <summary>
/// Puts reported failures into the open batch of their substrate, and seals it when it is full. One report at a time in a
/// process; a report that is repeated, whole or in part, is answered with where its items already are.
/// </summary>
internal sealed class BatchIntake(BatchStreams streams, BatchIndex index, IArtifactStore artifacts, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public void Dispose() => turn.Dispose();

    public async Task<EvidenceReceipt> TakeAsync(IReadOnlyList<EvidenceItem> items, string? key, CancellationToken cancellationToken)
    {
        var prepared = new List<(string Substrate, EvidenceAdded Event)>();
        foreach (var (item, position) in items.Select((item, position) => (item, position)))
        {
            prepared.Add((item.Substrate!, await PrepareAsync(item, key, position, cancellationToken)));
        }

        await turn.WaitAsync(cancellationToken);
        try
        {
            var places = new List<EvidencePlace>();
            foreach (var group in prepared.GroupBy(item => item.Substrate))
            {
                places.AddRange(await PlaceAsync(group.Key, [.. group.Select(item => item.Event)], cancellationToken));
            }

            return new(places.Count(place => !place.Duplicate), places.Count(place => place.Duplicate), places);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Fills batches with what is new, each in one append.</summary>
    private async Task<IReadOnlyList<EvidencePlace>> PlaceAsync(
        string substrate, IReadOnlyList<EvidenceAdded> items, CancellationToken cancellationToken)
    {
        var known = (await index.CaughtUpAsync(cancellationToken)).Evidence;
        var places = items.Where(item => known.ContainsKey(item.Evidence))
            .Select(item => new EvidencePlace(item.Evidence, known[item.Evidence], true)).ToList();
        var fresh = new Queue<EvidenceAdded>(items.Where(item => !known.ContainsKey(item.Evidence)).DistinctBy(item => item.Evidence));

        while (fresh.Count > 0)
        {
            var (batch, loaded) = await OpenBatchAsync(substrate, cancellationToken);
            var room = Batch.SealThreshold - loaded.Batch.Evidence.Length;
            EvidenceAdded[] added = [.. Enumerable.Range(0, Math.Min(room, fresh.Count)).Select(_ => fresh.Dequeue())];
            object[] events =
            [
                .. loaded.Exists ? [] : new object[] { new BatchOpened(batch, substrate) },
                .. added,
                .. added.Length == room ? [new BatchSealed("threshold")] : Array.Empty<object>(),
            ];

            await streams.AppendAsync(batch, loaded, "ingestion", events, cancellationToken);
            places.AddRange(added.Select(item => new EvidencePlace(item.Evidence, batch, false)));
        }

        return places;
    }

    private async Task<(Guid Id, LoadedBatch Loaded)> OpenBatchAsync(string substrate, CancellationToken cancellationToken)
    {
        foreach (var candidate in (await index.CaughtUpAsync(cancellationToken)).Of(substrate))
        {
            var loaded = await streams.LoadAsync(candidate, cancellationToken);
            if (!loaded.Batch.Sealed && !loaded.Batch.IsFull)
            {
                return (candidate, loaded);
            }
        }

        var fresh = Guid.CreateVersion7(clock.GetUtcNow());
        return (fresh, await streams.LoadAsync(fresh, cancellationToken));
    }

    private async Task<EvidenceAdded> PrepareAsync(EvidenceItem item, string? key, int position, CancellationToken cancellationToken)
    {
        var complaint = Redaction.Apply(item.Complaint ?? "");
        var expected = Redaction.Apply(item.Expected ?? "");
        var transcript = Redaction.Apply(item.Transcript ?? "");
        var artifact = transcript.Text.Length == 0
            ? null
            : await artifacts.KeepAsync(Encoding.UTF8.GetBytes(transcript.Text), cancellationToken);
        var id = key is null
            ? EvidenceId.OfContent(item.Substrate!, item.Scenario!, item.SessionId, item.OccurredAt!.Value, complaint.Text)
            : EvidenceId.OfKey(item.Substrate!, key, position);

        return new(
            id, item.Scenario!, item.Source ?? "api", item.SessionId, item.UserId, item.OccurredAt!.Value, complaint.Text, expected.Text, artifact,
            complaint.Count + expected.Count + transcript.Count);
    }
}
