using Moss.Domain.Promotion;
using Moss.Workspaces;

namespace Moss.Deployment.Instances;

/// <summary>Versions as the files of their commit, for processes.</summary>
internal sealed class TreeSource(IWorkspaceReader workspaces, DeploymentFolders folders) : ILaunchSource
{
    public bool RunsImages => false;

    public Task<DeployedVersion> FixAsync(Deployable what, DeployedVersion version, CancellationToken cancellationToken) => Task.FromResult(version);

    public async Task<InstanceLaunch> PrepareAsync(Deployable what, Instance instance, CancellationToken cancellationToken)
    {
        if (what.Deploy.Swap is not null)
        {
            throw new NotDeployableException("deploy.swap", $"'{what.Substrate}' runs in a container, and this Moss deploys processes", "set Moss:Deployment:Engine=docker");
        }

        var tree = await workspaces.CheckoutAsync(what.Repository, new CommitHash(instance.Version.Commit), cancellationToken);
        folders.Make(what.Substrate);
        return new InstanceLaunch(
            what.Substrate, instance, what.Deploy, tree, folders.State(what.Substrate), folders.Log(what.Substrate, instance.Marker));
    }
}
