using Microsoft.Extensions.Hosting;
using Moss.Deployment.Instances;
using Moss.Deployment.Promoting;
using Moss.Domain.Promotion;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Starting;

/// <summary>Starts and stops a substrate at a person's word, outside any promotion.</summary>
internal sealed class InstanceKeeper(
    SubstrateLocks locks, Journals journals, Promotions promotions, InstanceBringUp bringUp, LaunchPlanner planner, InstanceTidying tidying, IDeclarations declarations,
    PlaceKeeper places, ISubstrateDirectory directory, IWorkspaceReader workspaces, IInstanceHost host, ApproverRegister approvers, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <param name="substrate">A registered name.</param>
    /// <param name="reference">
    /// Branch, tag or commit; null for the version that served last, and for the stable branch when none ever did.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the lock; a start that began is finished.</param>
    public async Task<StartOutcome> StartAsync(string substrate, string? reference, CancellationToken cancellationToken)
    {
        using var hold = await locks.AcquireAsync(substrate, cancellationToken);
        var deployment = await journals.DeploymentAsync(substrate, cancellationToken);
        await promotions.FinishAsync(deployment, CancellationToken.None);
        try
        {
            return await StartAsync(substrate, reference, deployment);
        }
        catch (NotDeployableException problem)
        {
            return new StartOutcome.Refused(problem.Field, problem.Message, problem.Fix);
        }
        catch (HostAwayException away)
        {
            return new StartOutcome.Refused("engine", away.Message, "start the container engine; what was begun goes on by itself then");
        }
        catch (RepositoryException problem)
        {
            return new StartOutcome.Refused("reference", problem.Message, "name a branch, a tag or a full commit hash of the repository");
        }
    }

    public async Task<StartOutcome> StopAsync(string substrate, CancellationToken cancellationToken)
    {
        using var hold = await locks.AcquireAsync(substrate, cancellationToken);
        var deployment = await journals.DeploymentAsync(substrate, cancellationToken);
        await promotions.FinishAsync(deployment, CancellationToken.None);
        if (deployment.State.Phase is DeploymentPhase.Starting or DeploymentPhase.Serving)
        {
            await deployment.AppendAsync(new InstanceStopRequested("operator", clock.GetUtcNow()));
        }

        await FinishStopAsync(deployment);
        await tidying.TidyAsync(substrate, deployment.State);
        return new StartOutcome.Done();
    }

    /// <summary>Stops it and removes what it left on the machine; nothing happens when there is nothing.</summary>
    /// <param name="substrate">A registered name.</param>
    /// <param name="keepState">Whether its state stays, so that it can be started again as it was.</param>
    /// <param name="cancellationToken">Ends the wait for the lock; what began is finished.</param>
    public async Task<StartOutcome> RemoveAsync(string substrate, bool keepState, CancellationToken cancellationToken)
    {
        try
        {
            await StopAsync(substrate, cancellationToken);
            using var hold = await locks.AcquireAsync(substrate, cancellationToken);
            var deployment = await journals.DeploymentAsync(substrate, cancellationToken);
            if (deployment.State.Phase != DeploymentPhase.Stopped)
            {
                return new StartOutcome.Refused("substrate", $"'{substrate}' was started meanwhile", "stop it first");
            }

            await host.TidyAsync(substrate, null, CancellationToken.None);
            if (!keepState)
            {
                await host.ForgetStateAsync(substrate, CancellationToken.None);
            }

            return new StartOutcome.Done();
        }
        catch (IOException left)
        {
            return new StartOutcome.Refused("engine", left.Message, "put that right and ask again: what was removed so far stays removed");
        }
    }

    /// <summary>Does a stop that is on record. The caller holds the lock.</summary>
    public async Task FinishStopAsync(Journal<DeploymentState, DeploymentEvent> deployment)
    {
        if (deployment.State is { Phase: DeploymentPhase.Stopping, Current: { } current })
        {
            await host.StopAsync(current, deployment.State.Process);
            await deployment.AppendAsync(new InstanceStopped(current.Marker, clock.GetUtcNow()));
        }
    }

    /// <summary>
    /// Runs that version in place of what runs, because a person refused that; when it does not come up, what served before is started again.
    /// What was stopped by hand stays stopped. The caller holds the lock.
    /// </summary>
    public async Task<StartOutcome> ReplaceAsync(string substrate, DeployedVersion version, Journal<DeploymentState, DeploymentEvent> deployment)
    {
        await FinishStopAsync(deployment);
        var state = deployment.State;
        var isIt = state.Current?.Version.Tree == version.Tree;
        if (state is { Phase: DeploymentPhase.Stopped } && !isIt)
        {
            return new StartOutcome.Refused(
                "deploy", $"'{substrate}' is stopped", $"start the reviewed version: POST /api/deployments/{substrate}/start with reference {version.Commit}");
        }

        if (isIt && state.Phase == DeploymentPhase.Serving && await host.LivesAsync(state.Current!, state.Process, CancellationToken.None))
        {
            return new StartOutcome.Done();
        }

        var sick = isIt && state.Phase == DeploymentPhase.Starting
            ? await bringUp.RunAsync(substrate, deployment, lifetime.ApplicationStopping)
            : await BringUpAsync(substrate, version, ServingCause.Start, deployment);
        if (sick is StartOutcome.Unhealthy && state.Served is { } before && before.Tree != version.Tree)
        {
            await BringUpAsync(substrate, before, ServingCause.Repair, deployment);
        }

        await tidying.TidyAsync(substrate, deployment.State);
        return sick ?? new StartOutcome.Done();
    }

    private async Task<StartOutcome?> BringUpAsync(
        string substrate, DeployedVersion version, ServingCause cause, Journal<DeploymentState, DeploymentEvent> deployment) =>
        await BeginAsync(substrate, version, cause, deployment) ?? (StartOutcome?)await bringUp.RunAsync(substrate, deployment, lifetime.ApplicationStopping);

    private async Task<StartOutcome> StartAsync(string substrate, string? reference, Journal<DeploymentState, DeploymentEvent> deployment)
    {
        await FinishStopAsync(deployment);
        var state = deployment.State;
        var version = await VersionAsync(substrate, reference, state);
        if (state is { Phase: DeploymentPhase.Serving, Current: { } current } && await host.LivesAsync(current, state.Process, CancellationToken.None))
        {
            return reference is null || current.Version.Commit == version.Commit
                ? new StartOutcome.Done()
                : new StartOutcome.Refused(
                    "reference", $"{current.Version.Commit} serves already", "stop it first, or promote the other version");
        }

        if (state is not { Phase: DeploymentPhase.Starting, Current: { } starting } || starting.Version.Commit != version.Commit)
        {
            if (await BeginAsync(substrate, version, ServingCause.Start, deployment) is { } refused)
            {
                return refused;
            }
        }

        var sick = await bringUp.RunAsync(substrate, deployment, lifetime.ApplicationStopping);
        await tidying.TidyAsync(substrate, deployment.State);
        return sick ?? (StartOutcome)new StartOutcome.Done();
    }

    private async Task<StartOutcome.Refused?> BeginAsync(
        string substrate, DeployedVersion version, ServingCause cause, Journal<DeploymentState, DeploymentEvent> deployment)
    {
        var declared = await declarations.ReadAsync(substrate, version.DeclaredAt, CancellationToken.None);
        if (declared.Declaration.Deploy is not { } deploy)
        {
            return new StartOutcome.Refused("deploy", $"'{substrate}' declares no deploy section: there is nothing to run", "add a deploy section to moss.yaml");
        }

        if (!LaunchPlanner.Terms(deploy).CanPass)
        {
            return new StartOutcome.Refused(
                "deploy.window", $"{deploy.Window} is too short for {deploy.Passes} rounds at an interval of {deploy.Interval}", "make deploy.window longer in moss.yaml");
        }

        if (deploy.Swap is not null && planner.RunsImages)
        {
            return await places.BeginAsync(substrate, version, deploy, cause, deployment);
        }

        var exact = await planner.FixAsync(substrate, version, CancellationToken.None);
        if (deployment.State.Current is { } earlier)
        {
            await host.StopAsync(earlier, deployment.State.Process);
        }

        if (await host.StrangerOnAsync(deploy.Port, null, null, CancellationToken.None) is { } other)
        {
            return new StartOutcome.Refused("deploy.port", $"port {deploy.Port} is held by {other}", "stop that program, or choose another port in moss.yaml");
        }

        var now = clock.GetUtcNow();
        await deployment.AppendAsync(new InstanceStartRequested(LaunchPlanner.NewInstance(substrate, exact, deploy, now), cause, now));
        return null;
    }

    private async Task<DeployedVersion> VersionAsync(string substrate, string? reference, DeploymentState state)
    {
        if (reference is null && (state.Phase == DeploymentPhase.Starting ? state.Current?.Version : state.Served) is { } known)
        {
            return known;
        }

        var entry = await directory.FindAsync(substrate, CancellationToken.None)
            ?? throw new NotDeployableException("substrate", $"no substrate '{substrate}' is registered", "add it first: moss substrate add");
        var commit = await workspaces.ResolveAsync(entry.Repository, reference ?? await declarations.StableBranchAsync(substrate, CancellationToken.None), CancellationToken.None);
        if (reference is not null)
        {
            await approvers.RequireOwnAsync(substrate, commit.Value, CancellationToken.None);
        }

        var tree = await workspaces.TreeOfAsync(entry.Repository, commit, CancellationToken.None);
        return new DeployedVersion(commit.Value, tree.Value, commit.Value);
    }
}
