using System.Collections.Immutable;
using Moss.Contracts.Deployment;
using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Swapping;
using Moss.Deployment.Instances.Swapping.Rehearsing;
using Moss.Deployment.Overseeing;
using Moss.Deployment.Watching;
using Moss.Domain.Consents;
using Moss.Domain.Promotion;
using Moss.ServiceDefaults.Stages;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Promoting;

/// <summary>What came of looking at everything before anything is touched.</summary>
internal abstract record PreflightResult
{
    private PreflightResult() { }

    internal sealed record Ready(PromotionPlan Plan, ImmutableArray<InstanceLaunch> Launches) : PreflightResult;

    /// <param name="Ground">As in <see cref="PromotionRefused"/>.</param>
    /// <param name="Reason">For people.</param>
    /// <param name="Serves">The promoted commit that the candidate would undo; null when it would undo none.</param>
    internal sealed record Refused(string Ground, string Reason, string? Serves = null) : PreflightResult;
}

/// <summary>Checks consent and the state of the world, and makes both versions ready to run. It changes nothing that serves.</summary>
internal sealed class Preflight(
    IDeclarations declarations, IWorkspaceReader workspaces, LaunchPlanner planner, IInstanceHost host, SwapInspection swaps, Rehearsals rehearsals,
    OversightGate oversight, SignedConsents signatures, MetricHosts metrics, TimeProvider clock)
{
    private const string NoTarget = nameof(NoTarget);
    private const string Overtaken = nameof(Overtaken);

    public async Task<PreflightResult> CheckAsync(
        PromoteCandidate command, SubstrateEntry entry, DeploymentState deployment, PromotionState promotion, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckConsentAsync(command, entry, cancellationToken)
                ?? await oversight.CheckAsync(entry.Name, command.Subject.BaseCommit, deployment, cancellationToken)
                ?? await PlanAsync(command, deployment, promotion, cancellationToken);
        }
        catch (Exception problem) when (problem is NotDeployableException or RepositoryException)
        {
            return NotReady(problem.Message);
        }
    }

    private async Task<PreflightResult?> CheckConsentAsync(PromoteCandidate command, SubstrateEntry entry, CancellationToken cancellationToken)
    {
        // The tree is asked of the repository: neither the command nor the consent is believed about it.
        var tree = await workspaces.TreeOfAsync(entry.Repository, new CommitHash(command.Commit), cancellationToken);
        var grant = command.Consent;
        var consent = new Consent(grant.EvolutionId, grant.Commit, grant.Tree, grant.Approver, grant.GivenAt, grant.ExpiresAt) { Image = grant.Image };
        var request = new ConsentRequest(command.Stage.EvolutionId, command.Commit, tree.Value, entry.Name) { Image = command.Image };
        return ConsentRefusals.Of(ConsentPolicy.Check(consent, request, clock.GetUtcNow()))
            ?? (command.Tree == tree.Value
                ? null
                : new PreflightResult.Refused(ConsentRefusals.Mismatch, $"the command names tree {command.Tree}, but {command.Commit} has tree {tree}"));
    }

    private async Task<PreflightResult> PlanAsync(
        PromoteCandidate command, DeploymentState deployment, PromotionState promotion, CancellationToken cancellationToken)
    {
        var substrate = command.Subject.Substrate;
        var now = clock.GetUtcNow();
        var declared = await declarations.ReadAsync(substrate, command.Subject.BaseCommit, cancellationToken);
        var version = new DeployedVersion(command.Commit, command.Tree, command.Subject.BaseCommit);
        var deploy = declared.Declaration.Deploy;
        var plan = new PromotionPlan(
            command.Stage.EvolutionId, substrate, command.Stage.Key(),
            deploy is null ? new Instance($"{substrate}-none", version, 0) : LaunchPlanner.NewInstance(substrate, version, deploy, now),
            deploy is null ? new HealthTerms(1, TimeSpan.Zero, TimeSpan.Zero) : LaunchPlanner.Terms(deploy),
            command.Consent.ExpiresAt);
        var basis = await workspaces.TreeOfAsync(declared.Repository, new CommitHash(command.Subject.BaseCommit), cancellationToken);
        if (deploy is not null && Refusal(command, deployment, plan, basis.Value) is { } refused)
        {
            return refused;
        }

        if (metrics.WhyNot(deploy?.Watch) is { } unread)
        {
            return NotReady(unread);
        }

        switch (await signatures.CheckAsync(command, declared, deployment, promotion, cancellationToken))
        {
            case QuorumRuling.Missing missing:
                return ConsentRefusals.Of(missing);
            case QuorumRuling.Reached reached:
                plan = plan with { ConsentExpiresAt = reached.ExpiresAt, Consents = reached.Consents };
                break;
        }

        return deploy is null ? new PreflightResult.Ready(plan, []) : await MakeReadyAsync(command, plan, deploy, deployment, cancellationToken);
    }

    private static PreflightResult.Refused? Refusal(PromoteCandidate command, DeploymentState deployment, PromotionPlan plan, string basis) => deployment switch
    {
        { Current: null } or { LastKnownGood: null } => new PreflightResult.Refused(
            NoTarget, $"no version of '{plan.Substrate}' was ever known to be good; start one first: POST /api/deployments/{plan.Substrate}/start"),
        { Phase: not DeploymentPhase.Serving } => NotReady(
            $"'{plan.Substrate}' is {deployment.Phase}, not Serving; start it first: POST /api/deployments/{plan.Substrate}/start"),
        // By content: a commit that took a change back has that of the version before, which serves again.
        { Current.Version: var serving } when WasPromoted(serving) && serving.Tree != basis && serving.Commit != command.Commit =>
            new PreflightResult.Refused(
                Overtaken, $"{serving.Commit} was promoted and serves, but the candidate is based on {command.Subject.BaseCommit} and would undo that change", serving.Commit),
        _ when !plan.Health.CanPass => NotReady(
            $"deploy.window ({plan.Health.Window}) is too short for {plan.Health.Passes} rounds at deploy.interval ({plan.Health.Interval}); make it longer in moss.yaml"),
        _ => null,
    };

    // What a person starts declares itself; a candidate is declared by the commit that it was based on.
    private static bool WasPromoted(DeployedVersion version) => version.DeclaredAt != version.Commit;

    private async Task<PreflightResult> MakeReadyAsync(
        PromoteCandidate command, PromotionPlan plan, DeployStep deploy, DeploymentState deployment, CancellationToken cancellationToken)
    {
        var current = deployment.Current!;
        if (current.Version.Tree == plan.Candidate.Version.Tree)
        {
            return await host.LivesAsync(current, deployment.Process, cancellationToken)
                ? new PreflightResult.Ready(plan, [])
                : NotReady("this very content is what should be running and is not; start it first");
        }

        if (await host.StrangerOnAsync(plan.Candidate.Port, current, deployment.Process, cancellationToken) is { } other)
        {
            return NotReady($"port {plan.Candidate.Port} is held by {other}; stop that program or choose another deploy.port");
        }

        if (planner.RunsImages)
        {
            if (command.Image is not { } tried)
            {
                return NotReady("the candidate was tried as files, and this Moss deploys containers: evolve again with Moss:Sandboxes:Engine=docker and an image section in moss.yaml");
            }

            var exact = await planner.FixAsync(plan.Substrate, plan.Candidate.Version, cancellationToken);
            if (exact.Image != tried)
            {
                return NotReady($"image {tried} passed the trials, but the image of {command.Commit} is {exact.Image} now; evolve again");
            }

            plan = plan with { Candidate = plan.Candidate with { Version = exact } };
        }

        RehearsalScene? scene = null;
        if (deploy.Swap is { } swap)
        {
            if (current.Recipe is null || (swap.Container is { } name && name != current.Recipe.Name))
            {
                return NotReady("what serves does not have the place that deploy.swap names: stop it, start that container, and start it here again");
            }

            var outlook = await swaps.LookAsync(current, swap, plan.Candidate.Version.Image!, cancellationToken);
            if (outlook.Recipe is not { } recipe)
            {
                return NotReady(string.Join("; ", outlook.Refusals));
            }

            plan = plan with { Candidate = plan.Candidate with { Recipe = recipe }, Snapshot = outlook.Snapshot };
            scene = outlook.Scene;
        }

        if (deploy.Swap is null && current.Recipe is { } place)
        {
            return NotReady($"what serves has the place of container {place.Name}, and moss.yaml names none any more: stop it, and start the version that runs as it says now");
        }

        // What has a place comes back as the container that it is.
        var fallback = plan.Candidate.Recipe is null ? current with { Marker = $"{plan.Candidate.Marker}-back" } : current;
        var launches = ImmutableArray.Create(
            await planner.PrepareAsync(plan.Substrate, plan.Candidate, cancellationToken),
            await planner.PrepareAsync(plan.Substrate, fallback, cancellationToken));
        var ready = new PreflightResult.Ready(plan with { Previous = current, Fallback = fallback }, launches);
        return scene is null ? ready : await RehearseAsync(ready, deploy.Swap!.Rehearsal!, scene, cancellationToken);
    }

    // Last of all: it takes its time, and what is refused anyway need not be tried.
    private async Task<PreflightResult> RehearseAsync(PreflightResult.Ready ready, RehearsalStep step, RehearsalScene scene, CancellationToken cancellationToken) =>
        await rehearsals.RunAsync(ready.Plan, step, scene, cancellationToken) switch
        {
            RehearsalRuling.Refused refused => NotReady(refused.Reason),
            RehearsalRuling.GoOn { Finding: var finding } => ready with { Plan = ready.Plan.After(finding) },
            var ruling => throw new InvalidOperationException($"unknown ruling {ruling}"),
        };

    private static PreflightResult.Refused NotReady(string reason) => new(PromotionProtocol.NotReady, reason);
}
