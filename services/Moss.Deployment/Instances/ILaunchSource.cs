using Moss.Domain.Promotion;
using Moss.Substrates;

namespace Moss.Deployment.Instances;

/// <summary>Makes ready what an instance runs: the files of a commit, or an image of it.</summary>
internal interface ILaunchSource
{
    /// <summary>True when versions are images: then what runs is named by an image's id and by nothing else.</summary>
    bool RunsImages { get; }

    /// <summary>The version with everything that says exactly what runs; an image that is not there is built.</summary>
    /// <exception cref="NotDeployableException">It cannot be run.</exception>
    Task<DeployedVersion> FixAsync(Deployable what, DeployedVersion version, CancellationToken cancellationToken);

    /// <summary>Makes an instance of such a version ready to start; nothing is started.</summary>
    /// <exception cref="NotDeployableException">It cannot be run.</exception>
    Task<InstanceLaunch> PrepareAsync(Deployable what, Instance instance, CancellationToken cancellationToken);
}

/// <summary>A substrate that declares how it runs.</summary>
internal sealed record Deployable(string Substrate, string Repository, SubstrateDeclaration Declaration, DeployStep Deploy);
