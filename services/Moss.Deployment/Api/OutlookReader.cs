using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Swapping;
using Moss.Domain.Promotion;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Api;

/// <summary>What a promotion would mean for what runs, as far as it can be known before.</summary>
/// <param name="Substrate">Whose.</param>
/// <param name="Commit">The candidate.</param>
/// <param name="Refusals">Why it would be refused as things are, each with what to do.</param>
/// <param name="Notices">What is lost or changes though nobody asked for it, and what no rollback undoes.</param>
internal sealed record OutlookView(string Substrate, string Commit, IReadOnlyList<string> Refusals, IReadOnlyList<string> Notices)
{
    /// <summary>Whether it is tried, before anything is touched, that the version before still reads what the new one writes.</summary>
    public bool Rehearsed { get; init; }

    /// <summary>Folders whose volumes are copied before the new version starts.</summary>
    public IReadOnlyList<string> Copied { get; init; } = [];
}

/// <summary>Looks ahead, for those who are asked for consent. It touches nothing that serves; an image that is not there is built.</summary>
internal sealed class OutlookReader(
    Journals journals, IDeclarations declarations, ISubstrateDirectory directory, IWorkspaceReader workspaces, LaunchPlanner planner, SwapInspection swaps)
{
    /// <exception cref="NotDeployableException">The candidate cannot be run.</exception>
    /// <exception cref="RepositoryException">There is no such commit.</exception>
    public async Task<OutlookView> ReadAsync(string substrate, string commit, CancellationToken cancellationToken)
    {
        var state = (await journals.DeploymentAsync(substrate, cancellationToken)).State;
        if (state is not { Phase: DeploymentPhase.Serving, Current: { } current })
        {
            return new OutlookView(substrate, commit, [$"'{substrate}' is {state.Phase}, not Serving; start it first: POST /api/deployments/{substrate}/start"], []);
        }

        var deploy = (await declarations.ReadAsync(substrate, current.Version.Commit, cancellationToken)).Declaration.Deploy;
        if (deploy?.Swap is not { } target || current.Recipe is null)
        {
            return new OutlookView(substrate, commit, [], deploy is null ? [] : ["a rollback does not undo what the new version writes to its state"]);
        }

        var entry = await directory.FindAsync(substrate, cancellationToken);
        var tree = await workspaces.TreeOfAsync(entry!.Repository, new CommitHash(commit), cancellationToken);
        var version = await planner.FixAsync(substrate, new DeployedVersion(commit, tree.Value, current.Version.Commit), cancellationToken);
        var outlook = await swaps.LookAsync(current, target, version.Image!, cancellationToken);
        return new OutlookView(substrate, commit, outlook.Refusals, outlook.Notices) { Rehearsed = target.Rehearsal is not null, Copied = target.Snapshot };
    }
}
