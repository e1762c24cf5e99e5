using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Moss.Deployment.Instances;
using Moss.Deployment.Promoting;
using Moss.Deployment.Starting;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;

namespace Moss.Deployment.Watching;

/// <summary>Watches promoted versions in production, a look at a time, and takes back what is worse.</summary>
internal sealed partial class Watches(
    SubstrateLocks locks, Journals journals, Promotions promotions, ProductionRollbacks rollbacks, WatchTermsReader terms, IMetricSource metrics,
    InstanceSights instances, InstanceBringUp bringUp, TimeProvider clock, ILogger<Watches> logger)
{
    private const string Watch = "watch";

    private readonly ConcurrentDictionary<string, WatchSight> sights = new(StringComparer.Ordinal);

    /// <summary>Looks once. Looks at one substrate do not overlap.</summary>
    public async Task LookAsync(string substrate, CancellationToken stopping)
    {
        if (!sights.TryGetValue(substrate, out var sight))
        {
            sights[substrate] = sight = new WatchSight(await journals.DeploymentAsync(substrate, stopping));
        }

        var state = (await sight.Deployment.LoadAsync(stopping)).State;
        if (!IsWatched(state) && !IsToBegin(state, sight))
        {
            sight.Rest();
            sight.Looking = true;
            return;
        }

        // No lock is held while a source is asked, which may take its time.
        var readings = IsWatched(state) && sight.IsDue(clock, state.Watch!.Start.Terms.Interval) ? await metrics.ReadAsync(state.Watch.Start.Terms, stopping) : null;
        using var hold = await locks.TryAcquireAsync(substrate);
        if (hold is not null)
        {
            await sight.Deployment.LoadAsync(stopping);
            await promotions.FinishAsync(sight.Deployment, CancellationToken.None);
            await LookHeldAsync(substrate, sight, readings, stopping);
        }
    }

    private static bool IsToBegin(DeploymentState state, WatchSight sight) => state.Unwatched && state.Promoted!.Evolution != sight.NotWatched;

    private static bool IsWatched(DeploymentState state) => state is { Watch.Open: true, Phase: DeploymentPhase.Serving } or { Watch: { Open: true, RepairFailure: not null } };

    private async Task LookHeldAsync(string substrate, WatchSight sight, IReadOnlyList<MetricReading>? readings, CancellationToken stopping)
    {
        if (sight.Deployment.State is { Watch: { Open: true } earlier, Phase: DeploymentPhase.Serving } other && other.Current!.Version.Commit != earlier.Start.Version.Commit)
        {
            await EndAsync(substrate, sight, WatchOutcome.Superseded, $"{other.Current.Version.Commit} serves instead");
        }

        if (IsToBegin(sight.Deployment.State, sight))
        {
            await BeginAsync(substrate, sight, stopping);
        }
        else if (IsWatched(sight.Deployment.State))
        {
            await GoOnAsync(substrate, sight, readings, stopping);
        }
    }

    private async Task BeginAsync(string substrate, WatchSight sight, CancellationToken stopping)
    {
        if (await terms.ReadAsync(substrate, sight.Deployment.State, stopping) is { } start)
        {
            await sight.Deployment.AppendAsync(start);
            LogStarted(substrate, start.Version.Commit, start.Terms.For);
        }
        else
        {
            sight.NotWatched = sight.Deployment.State.Promoted!.Evolution;
        }
    }

    private async Task GoOnAsync(string substrate, WatchSight sight, IReadOnlyList<MetricReading>? readings, CancellationToken stopping)
    {
        try
        {
            var sighting = await SeeAsync(substrate, sight, stopping);
            sight.Looking = true;
            if (sighting is null)
            {
                LogGone(substrate);
                await bringUp.RequestAsync(substrate, sight.Deployment, stopping);
                await bringUp.RunAsync(substrate, sight.Deployment, stopping);
                return;
            }

            if (readings is not null && readings.Count == sight.Deployment.State.Watch!.Metrics.Length)
            {
                await CountAsync(substrate, sight, readings);
            }

            await FollowAsync(substrate, sight, WatchJudge.Rule(sight.Deployment.State.Watch!, sighting));
        }
        catch (HostAwayException away)
        {
            // Whatever ends now may end with the engine.
            LogAway(substrate, away.Message);
            sight.Looking = false;
            sight.Rest();
        }
    }

    // An instance that could not be started again is seen well enough: the watch itself says what became of it.
    private async Task<InstanceSighting?> SeeAsync(string substrate, WatchSight sight, CancellationToken stopping) =>
        sight.Deployment.State.Phase == DeploymentPhase.Serving
            ? await instances.LookAsync(substrate, sight.Deployment.State, sight.Looking, stopping)
            : new InstanceSighting.Lives();

    private async Task CountAsync(string substrate, WatchSight sight, IReadOnlyList<MetricReading> readings)
    {
        var before = sight.Deployment.State.Watch!;

        // A process that was stopped for an hour and goes on has not watched for an hour.
        var most = before.Start.Terms.Interval * 2;
        var since = sight.SinceRead(clock);
        var tallies = before.After(readings);
        await sight.Deployment.AppendAsync(new WatchRead(before.Start.Evolution, before.Watched + (since < most ? since : most), tallies, clock.GetUtcNow()));
        sight.Counted(clock);
        foreach (var lost in tallies.Where(tally => tally.Silent == MetricTally.LostAfter))
        {
            LogLost(substrate, lost.Name, lost.Trouble!);
        }
    }

    private async Task FollowAsync(string substrate, WatchSight sight, WatchRuling ruling)
    {
        var watch = sight.Deployment.State.Watch!;
        switch (ruling)
        {
            case WatchRuling.RollBack back:
                if (await rollbacks.DecideAsync(substrate, sight.Deployment, watch.Start.Before, back.Reason, Watch) is { } stuck)
                {
                    await EndAsync(substrate, sight, WatchOutcome.Inconclusive, $"{back.Reason}; it was not taken back, and a person must look: {stuck.Detail}");
                    break;
                }

                await promotions.FinishAsync(sight.Deployment, CancellationToken.None);
                break;
            case WatchRuling.Extend extend:
                LogExtended(substrate, extend.Reason);
                await sight.Deployment.AppendAsync(new WatchExtended(watch.Start.Evolution, extend.Reason, clock.GetUtcNow()));
                break;
            case WatchRuling.Pass pass:
                await EndAsync(substrate, sight, WatchOutcome.Passed, pass.Reason, new LastKnownGoodKept(watch.Start.Version, clock.GetUtcNow()));
                break;
            case WatchRuling.Inconclusive little:
                await EndAsync(substrate, sight, WatchOutcome.Inconclusive, little.Reason);
                break;
        }
    }

    private async Task EndAsync(string substrate, WatchSight sight, WatchOutcome outcome, string reason, params DeploymentEvent[] also)
    {
        LogEnded(substrate, outcome, reason);
        await sight.Deployment.AppendAsync([new WatchEnded(sight.Deployment.State.Watch!.Start.Evolution, outcome, reason, clock.GetUtcNow()), .. also]);
    }

    [LoggerMessage(LogLevel.Information, "{Substrate}: {Commit} is watched for {Time}")]
    private partial void LogStarted(string substrate, string commit, TimeSpan time);

    [LoggerMessage(LogLevel.Warning, "{Substrate}: what is watched is gone and nobody saw it end; starting it again")]
    private partial void LogGone(string substrate);

    [LoggerMessage(LogLevel.Warning, "{Substrate}: {Reason} Watching goes on when it is back")]
    private partial void LogAway(string substrate, string reason);

    [LoggerMessage(LogLevel.Warning, "{Substrate}: nothing is known of {Metric} any more, so the watch cannot end well: {Trouble}")]
    private partial void LogLost(string substrate, string metric, string trouble);

    [LoggerMessage(LogLevel.Warning, "{Substrate}: the watch says too little and goes on as long again: {Reason}")]
    private partial void LogExtended(string substrate, string reason);

    [LoggerMessage(LogLevel.Information, "{Substrate}: the watch ended, {Outcome}: {Reason}")]
    private partial void LogEnded(string substrate, WatchOutcome outcome, string reason);
}
