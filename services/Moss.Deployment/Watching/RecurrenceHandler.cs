using Moss.Domain.Evidence;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.EventStore;
using Moss.EventStore.Projections;

namespace Moss.Deployment.Watching;

/// <summary>
/// Tells watches that a failure was reported again which the watched change was to repair. It reads the feed from its beginning whenever a process
/// takes over; a report that a watch knows already, or that came when it had ended, changes nothing.
/// </summary>
internal sealed class RecurrenceHandler(SubstrateLocks locks, Journals journals, TimeProvider clock) : IFeedHandler
{
    private readonly Dictionary<Guid, string> substrates = [];
    private readonly Dictionary<string, WatchState> open = new(StringComparer.Ordinal);

    public string Name => "recurrences";

    public async Task HandleAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        switch (stored.Data)
        {
            case BatchOpened opened:
                substrates[opened.Batch] = opened.Substrate;
                break;
            case DeploymentEvent happened:
                Follow(SubstrateOf(stored), happened);
                break;
            case EvidenceAdded added when Guid.TryParse(stored.Metadata.Correlation, out var batch) && substrates.TryGetValue(batch, out var substrate)
                && open.TryGetValue(substrate, out var watch) && IsRecurrence(watch, added):
                await TellAsync(substrate, watch.Start.Evolution, added, cancellationToken);
                break;
        }
    }

    private static string SubstrateOf(StoredEvent stored) => stored.Stream.ToString()["deployment-".Length..];

    // What happened before the swap happened to the earlier version, whenever it is reported.
    private static bool IsRecurrence(WatchState watch, EvidenceAdded added) => watch.Start.Terms.Recurrence && added.OccurredAt >= watch.Start.At
        && watch.Start.Repaired.Contains(new RepairedFailure(added.Scenario, added.Fingerprint));

    private void Follow(string substrate, DeploymentEvent happened)
    {
        if (happened is WatchStarted started)
        {
            open[substrate] = new WatchState(started);
        }
        else if (happened is WatchEnded or ProductionRollbackDecided)
        {
            open.Remove(substrate);
        }
    }

    private async Task TellAsync(string substrate, Guid evolution, EvidenceAdded added, CancellationToken cancellationToken)
    {
        using var hold = await locks.AcquireAsync(substrate, cancellationToken);
        var deployment = await journals.DeploymentAsync(substrate, cancellationToken);
        if (deployment.State.Watch is { Open: true } watch && watch.Start.Evolution == evolution && !watch.Recurrences.Contains(added.Evidence))
        {
            await deployment.AppendAsync(new RecurrenceSeen(evolution, added.Evidence, added.Scenario, clock.GetUtcNow()));
        }
    }
}
