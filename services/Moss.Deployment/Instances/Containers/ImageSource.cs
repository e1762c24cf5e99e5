using Moss.Containers.Building;
using Moss.Containers.Engine;
using Moss.Domain.Promotion;
using Moss.Workspaces;

namespace Moss.Deployment.Instances.Containers;

/// <summary>Versions as images of their commit, for containers.</summary>
internal sealed class ImageSource(IVersionImages images, DeploymentFolders folders) : ILaunchSource
{
    public bool RunsImages => true;

    public async Task<DeployedVersion> FixAsync(Deployable what, DeployedVersion version, CancellationToken cancellationToken)
    {
        Check(what);
        return version with { Image = await images.GetAsync(what, version, cancellationToken) };
    }

    public Task<InstanceLaunch> PrepareAsync(Deployable what, Instance instance, CancellationToken cancellationToken)
    {
        Check(what);
        if (instance.Version.Image is null)
        {
            throw new NotDeployableException(
                "image", $"version {instance.Version.Commit} of '{what.Substrate}' was started as a process, and this Moss deploys containers",
                "stop the substrate and start it again, or set Moss:Deployment:Engine=process");
        }

        folders.Make(what.Substrate);
        return Task.FromResult(new InstanceLaunch(
            what.Substrate, instance, what.Deploy, "", what.Deploy.Container?.State ?? what.Deploy.Swap?.State ?? "", folders.Log(what.Substrate, instance.Marker)));
    }

    private static void Check(Deployable what)
    {
        if (what.Deploy is { Container: null, Swap: null })
        {
            throw new NotDeployableException(
                "deploy.container", $"this Moss deploys containers, and moss.yaml of '{what.Substrate}' does not say what its container is",
                "add deploy.container with its state folder or deploy.swap with its name, or set Moss:Deployment:Engine=process");
        }
    }
}

/// <summary>Images of versions.</summary>
internal interface IVersionImages
{
    /// <summary>The id of the version's image, built when it is not there.</summary>
    /// <exception cref="NotDeployableException">It cannot be built.</exception>
    Task<string> GetAsync(Deployable what, DeployedVersion version, CancellationToken cancellationToken);
}

/// <summary>Images that the engine builds from commits.</summary>
internal sealed class VersionImages(CommitImages images) : IVersionImages
{
    private const string Field = "image";

    public async Task<string> GetAsync(Deployable what, DeployedVersion version, CancellationToken cancellationToken)
    {
        var request = CommitImageRequest.For(what.Repository, what.Declaration, new CommitHash(version.DeclaredAt), new CommitHash(version.Commit))
            ?? throw new NotDeployableException(
                Field, $"this Moss deploys containers, and moss.yaml of '{what.Substrate}' does not say how its image is built", "add an image section with its dockerfile");
        try
        {
            return await images.GetAsync(request, cancellationToken) switch
            {
                CommitImage.Ready ready => ready.Id,
                CommitImage.Refused refused => throw new NotDeployableException(
                    Field, $"the image of {version.Commit} cannot be built: {refused.Reason}\n{refused.Log}".TrimEnd(), "correct the instructions, or what they build"),
                var other => throw new InvalidOperationException($"unknown outcome {other}"),
            };
        }
        catch (EngineException away)
        {
            throw new HostAwayException(away.Message, away);
        }
    }
}
