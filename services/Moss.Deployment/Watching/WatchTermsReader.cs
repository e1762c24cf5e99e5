using System.Collections.Immutable;
using Moss.Deployment.Instances;
using Moss.Domain.Evidence;
using Moss.Domain.Evolution;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.EventStore;
using Moss.Substrates;

namespace Moss.Deployment.Watching;

/// <summary>What a watch of a promoted version asks, and what that version was to repair.</summary>
internal sealed class WatchTermsReader(IDeclarations declarations, IEventReader reader, TimeProvider clock)
{
    /// <summary>How the watch begins; null when none is declared, or there is nothing that it could return to.</summary>
    /// <exception cref="NotDeployableException">The declaration cannot be read now.</exception>
    public async Task<WatchStarted?> ReadAsync(string substrate, DeploymentState state, CancellationToken cancellationToken)
    {
        var version = state.Current!.Version;

        // As with the probes: the commit that the candidate was based on says how it is watched, not the candidate.
        var declared = await declarations.ReadAsync(substrate, version.DeclaredAt, cancellationToken);
        if (declared.Declaration.Deploy?.Watch is not { } watch || RollbackDecision.Decide(version, state.LastKnownGood) is not RollbackDecision.RollBackTo back)
        {
            return null;
        }

        var evolution = state.Promoted!.Evolution;
        var batch = await BatchOfAsync(evolution, cancellationToken);
        return new WatchStarted(evolution, version, back.LastKnownGood, Terms(watch), clock.GetUtcNow())
        {
            Batch = batch,
            Repaired = batch is { } known ? await RepairedAsync(known, cancellationToken) : [],
        };
    }

    /// <summary>The batch of an evolution; null when it is not known.</summary>
    public async Task<Guid?> BatchOfAsync(Guid evolution, CancellationToken cancellationToken)
    {
        await foreach (var stored in reader.ReadStreamAsync(new StreamId($"evolution-{evolution:n}"), 0, cancellationToken))
        {
            if (stored.Data is EvolutionStarted started)
            {
                return started.Batch;
            }
        }

        return null;
    }

    private static WatchTerms Terms(WatchDeclaration watch) => new(
        watch.For,
        new FailureLimits(watch.Limits.Acceptable, watch.Limits.Unacceptable, watch.Limits.FalseAlarm, watch.Limits.Miss),
        [.. watch.Metrics.Select(metric => new GuardedMetric(metric.Name, metric.Url, metric.Failures, metric.Total))])
    {
        Interval = watch.Interval,
        MinimumSamples = watch.MinimumSamples,
        FailuresInARow = watch.FailuresInARow,
        Recurrence = watch.Recurrence,
    };

    private async Task<ImmutableArray<RepairedFailure>> RepairedAsync(Guid batch, CancellationToken cancellationToken)
    {
        var repaired = new List<RepairedFailure>();
        await foreach (var stored in reader.ReadStreamAsync(new StreamId($"batch-{batch:n}"), 0, cancellationToken))
        {
            if (stored.Data is EvidenceAdded added)
            {
                repaired.Add(new RepairedFailure(added.Scenario, added.Fingerprint));
            }
        }

        return [.. repaired.Distinct()];
    }
}
