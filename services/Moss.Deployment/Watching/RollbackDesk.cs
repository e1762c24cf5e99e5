using Moss.Deployment.Instances;
using Moss.Deployment.Promoting;
using Moss.Deployment.Starting;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;

namespace Moss.Deployment.Watching;

/// <summary>Takes the promoted version back at a person's word, whether it is watched or not.</summary>
internal sealed class RollbackDesk(SubstrateLocks locks, Journals journals, Promotions promotions, ProductionRollbacks rollbacks)
{
    private const string Field = "substrate";

    /// <param name="substrate">A registered name.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait for the lock; a rollback that began is finished.</param>
    public async Task<StartOutcome> RollBackAsync(string substrate, string by, string reason, CancellationToken cancellationToken)
    {
        using var hold = await locks.AcquireAsync(substrate, cancellationToken);
        var deployment = await journals.DeploymentAsync(substrate, cancellationToken);
        await promotions.FinishAsync(deployment, CancellationToken.None);
        var (target, refused) = Target(substrate, deployment.State);
        if (target is null)
        {
            return refused!;
        }

        try
        {
            if (await rollbacks.DecideAsync(substrate, deployment, target, reason, by) is { } stuck)
            {
                return stuck;
            }

            await promotions.FinishAsync(deployment, CancellationToken.None);
        }
        catch (NotDeployableException problem)
        {
            return new StartOutcome.Refused(problem.Field, problem.Message, problem.Fix);
        }
        catch (HostAwayException away)
        {
            return new StartOutcome.Refused("engine", away.Message, "start the container engine; what was begun goes on by itself then");
        }

        return new StartOutcome.Done();
    }

    private static (DeployedVersion? Target, StartOutcome.Refused? Refused) Target(string substrate, DeploymentState state)
    {
        if (state.Phase != DeploymentPhase.Serving)
        {
            return (null, new(Field, $"nothing of '{substrate}' serves", $"start the version that you want: POST /api/deployments/{substrate}/start"));
        }

        var current = state.Current!.Version;
        // The watch remembers what was before it, whatever was tried in between.
        if (state.Watch is { Outcome: null or WatchOutcome.Inconclusive } watch && watch.Start.Version.Commit == current.Commit)
        {
            return (watch.Start.Before, null);
        }

        if (state.Promoted?.Commit != current.Commit)
        {
            return (null, new(Field, $"{current.Commit} was not promoted, so there is no promotion to take back", "stop it, and start the version that you want"));
        }

        return RollbackDecision.Decide(current, state.LastKnownGood) is RollbackDecision.RollBackTo back
            ? (back.LastKnownGood, null)
            : (null, new(Field, $"{current.Commit} is the last known good version itself: its watch ended well", "stop it, and start the version that you want"));
    }
}
