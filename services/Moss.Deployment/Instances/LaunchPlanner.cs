using Moss.Domain.Promotion;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Instances;

/// <summary>Turns a version into something that can be started: its declaration, and its files or image.</summary>
internal sealed class LaunchPlanner(IDeclarations declarations, ILaunchSource source)
{
    /// <summary>True when versions are images.</summary>
    public bool RunsImages => source.RunsImages;

    /// <summary>The version with everything that says exactly what runs.</summary>
    /// <exception cref="NotDeployableException">The version cannot be run.</exception>
    public async Task<DeployedVersion> FixAsync(string substrate, DeployedVersion version, CancellationToken cancellationToken)
    {
        var what = await DeployableAsync(substrate, version, cancellationToken);
        return await ToldAsync(() => source.FixAsync(what, version, cancellationToken));
    }

    /// <summary>Makes the source ready; nothing is started.</summary>
    /// <exception cref="NotDeployableException">The version cannot be run.</exception>
    public async Task<InstanceLaunch> PrepareAsync(string substrate, Instance instance, CancellationToken cancellationToken)
    {
        var what = await DeployableAsync(substrate, instance.Version, cancellationToken);
        return await ToldAsync(() => source.PrepareAsync(what, instance, cancellationToken));
    }

    /// <summary>How a version runs, as declared.</summary>
    /// <exception cref="NotDeployableException">It cannot be read, or declares nothing to run.</exception>
    public async Task<DeployStep> DeployOfAsync(string substrate, DeployedVersion version, CancellationToken cancellationToken) =>
        (await DeployableAsync(substrate, version, cancellationToken)).Deploy;

    /// <summary>A new run of a version.</summary>
    public static Instance NewInstance(string substrate, DeployedVersion version, DeployStep deploy, DateTimeOffset now) =>
        new($"{substrate}-{Guid.CreateVersion7(now):n}", version, deploy.Port) { Grace = deploy.Grace };

    /// <summary>When an instance counts as healthy.</summary>
    public static HealthTerms Terms(DeployStep deploy) => new(deploy.Passes, deploy.Interval, deploy.Window)
    {
        Startup = deploy.Startup?.Window ?? TimeSpan.Zero,
        MinimumHealthy = deploy.MinimumHealthy,
    };

    private async Task<Deployable> DeployableAsync(string substrate, DeployedVersion version, CancellationToken cancellationToken)
    {
        var declared = await declarations.ReadAsync(substrate, version.DeclaredAt, cancellationToken);
        return declared.Declaration.Deploy is { } deploy
            ? new Deployable(substrate, declared.Repository, declared.Declaration, deploy)
            : throw new NotDeployableException(
                "deploy", $"moss.yaml of '{substrate}' declares no deploy section", "add a deploy section, or promote it as a library");
    }

    private static async Task<T> ToldAsync<T>(Func<Task<T>> making)
    {
        try
        {
            return await making();
        }
        catch (RepositoryException broken)
        {
            throw new NotDeployableException("commit", broken.Message, "mend the repository and try again");
        }
    }
}
