using System.Text;
using Moss.Artifacts;
using Moss.Domain.Evidence;
using Moss.EventStore;
using Moss.Ingestion.Evidence;

namespace Moss.Ingestion.Batches;

/// <summary>
/// Puts reported failures into the open batch of their substrate, and seals it when it is full. One report at a time in a
/// process; a report that is repeated, whole or in part, is answered with where its items already are.
/// </summary>
internal sealed class BatchIntake(BatchStreams streams, SetAsideStreams environment, BatchIndex index, IArtifactStore artifacts, TimeProvider clock)
    : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public void Dispose() => turn.Dispose();

    public async Task<Intake> TakeAsync(IReadOnlyList<EvidenceItem> items, string? key, CancellationToken cancellationToken)
    {
        var report = PreparedEvidence.Of(items, key);
        var known = await index.CaughtUpAsync(cancellationToken);
        if (Other(report, known) is { } refused)
        {
            return refused;
        }

        report = await KeepTranscriptsAsync(report, known, cancellationToken);
        await turn.WaitAsync(cancellationToken);
        try
        {
            var before = await index.CaughtUpAsync(cancellationToken);
            return Other(report, before) ?? await PlaceAsync(report, before, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private static Intake? Other(IReadOnlyList<PreparedEvidence> report, KnownBatches known) => report.FirstOrDefault(
        item => known.Evidence.TryGetValue(item.Event.Evidence, out var stored) && stored.Content != default && stored.Content != item.Event.Content)
            is { } other ? new Intake.KeyTaken(other.Position) : null;

    private async Task<IReadOnlyList<PreparedEvidence>> KeepTranscriptsAsync(
        IReadOnlyList<PreparedEvidence> report, KnownBatches known, CancellationToken cancellationToken)
    {
        var kept = new List<PreparedEvidence>();
        foreach (var item in report)
        {
            kept.Add(item.Transcript.Length == 0 || known.Evidence.ContainsKey(item.Event.Evidence) ? item : item with
            {
                Event = item.Event with { TranscriptArtifact = await artifacts.KeepAsync(Encoding.UTF8.GetBytes(item.Transcript), cancellationToken) },
            });
        }

        return kept;
    }

    private async Task<Intake> PlaceAsync(IReadOnlyList<PreparedEvidence> report, KnownBatches before, CancellationToken cancellationToken)
    {
        PreparedEvidence[] fresh = [.. report.Where(item => !before.Evidence.ContainsKey(item.Event.Evidence)).DistinctBy(item => item.Event.Evidence)];
        foreach (var group in fresh.Where(item => item.SetAside is not null).GroupBy(item => item.Substrate))
        {
            var aside = group.Select(item => new EvidenceSetAside(group.Key, item.SetAside!, item.Event));
            await environment.AppendAsync(group.Key, aside, cancellationToken);
        }

        foreach (var group in fresh.Where(item => item.SetAside is null).GroupBy(item => item.Substrate))
        {
            await FillAsync(group.Key, [.. group.Select(item => item.Event)], cancellationToken);
        }

        var known = (await index.CaughtUpAsync(cancellationToken)).Evidence;
        return new Intake.Taken(EvidenceReceipt.Of(
        [
            .. report.Select(item => (Id: item.Event.Evidence, Stored: known[item.Event.Evidence], New: fresh.Contains(item)))
                .Select(item => new EvidencePlace(item.Id, item.Stored.Batch, !item.New, item.Stored.SetAside)),
        ]));
    }

    /// <summary>Fills batches with what is new, each in one append. Where somebody else was first, it looks again.</summary>
    private async Task FillAsync(string substrate, IReadOnlyList<EvidenceAdded> items, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await index.CaughtUpAsync(cancellationToken);
            EvidenceAdded[] left = [.. items.Where(item => !known.Evidence.ContainsKey(item.Evidence))];
            if (left.Length == 0)
            {
                return;
            }

            var (batch, loaded) = await OpenBatchAsync(substrate, known, cancellationToken);
            var room = loaded.Batch.Room;
            object[] events =
            [
                .. loaded.Exists ? [] : new object[] { new BatchOpened(batch, substrate) },
                .. left.Take(room),
                .. left.Length >= room ? [new BatchSealed("threshold")] : Array.Empty<object>(),
            ];
            try
            {
                await streams.AppendAsync(batch, loaded, "ingestion", events, cancellationToken);
            }
            catch (WrongExpectedVersionException)
            {
                // The batch was sealed or filled meanwhile: the next round finds another place.
            }
        }
    }

    private async Task<(Guid Id, LoadedBatch Loaded)> OpenBatchAsync(string substrate, KnownBatches known, CancellationToken cancellationToken)
    {
        foreach (var candidate in known.OpenOf(substrate))
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
}
