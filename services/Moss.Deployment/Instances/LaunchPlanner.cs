using Moss.Domain.Promotion;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Instances;

/// <summary>Turns a version into something that can be started: its declaration and its source on disk.</summary>
internal sealed class LaunchPlanner(IDeclarations declarations, IWorkspaceReader workspaces, DeploymentFolders folders)
{
    /// <summary>Makes the source ready; nothing is started.</summary>
    /// <exception cref="NotDeployableException">The version cannot be run.</exception>
    public async Task<InstanceLaunch> PrepareAsync(string substrate, Instance instance, CancellationToken cancellationToken)
    {
        var declared = await declarations.ReadAsync(substrate, instance.Version.DeclaredAt, cancellationToken);
        var deploy = declared.Declaration.Deploy ?? throw new NotDeployableException(
            "deploy", $"moss.yaml of '{substrate}' declares no deploy section", "add a deploy section, or promote it as a library");
        try
        {
            var tree = await workspaces.CheckoutAsync(declared.Repository, new CommitHash(instance.Version.Commit), cancellationToken);
            folders.Make(substrate);
            return new InstanceLaunch(instance, deploy, tree, folders.State(substrate), folders.Log(substrate, instance.Marker));
        }
        catch (RepositoryException broken)
        {
            throw new NotDeployableException("commit", broken.Message, "mend the repository and try again");
        }
    }

    /// <summary>A new run of a version.</summary>
    public static Instance NewInstance(string substrate, DeployedVersion version, DeployStep deploy, DateTimeOffset now) =>
        new($"{substrate}-{Guid.CreateVersion7(now):n}", version, deploy.Port) { Grace = deploy.Grace };

    /// <summary>When an instance counts as healthy.</summary>
    public static HealthTerms Terms(DeployStep deploy) => new(deploy.Passes, deploy.Interval, deploy.Window);
}
