using Moss.Deployment.Instances;
using Moss.Deployment.Promoting;
using Moss.Deployment.Starting;
using Moss.Domain.Promotion;

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
        if (deployment.State.WayBack is not { } target)
        {
            return Refused(substrate, deployment.State);
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

    private static StartOutcome.Refused Refused(string substrate, DeploymentState state)
    {
        if (state is not { Phase: DeploymentPhase.Serving, Current.Version.Commit: { } current })
        {
            return new(Field, $"nothing of '{substrate}' serves", $"start the version that you want: POST /api/deployments/{substrate}/start");
        }

        var why = state.Promoted?.Commit == current ? "is the last known good version itself: its watch ended well" : "was not promoted, so there is no promotion to take back";
        return new(Field, $"{current} {why}", "stop it, and start the version that you want");
    }
}
