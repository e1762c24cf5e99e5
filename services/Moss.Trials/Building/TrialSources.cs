using System.Diagnostics;
using Moss.Replays;
using Moss.Trials.Sandboxing;
using Moss.Workspaces;

namespace Moss.Trials.Building;

/// <summary>
/// Answers what a version is tried on: where containers run it and the substrate declares an image, the image of its commit; else the
/// tree.
/// </summary>
internal sealed class TrialSources(BuiltTrees trees, BuiltImages images, SandboxesOptions options)
{
    /// <summary>What a commit is tried on, built when it is not there.</summary>
    public async Task<BuiltSource> BuildAsync(LoadedSubstrate substrate, CommitHash commit, CancellationToken cancellationToken) =>
        options.RunsContainers && substrate.Declaration.Image is not null
            ? await images.GetAsync(substrate, commit, cancellationToken)
            : await trees.GetAsync(substrate, commit, cancellationToken);

    /// <summary>What an arm of a stage runs on.</summary>
    /// <param name="substrate">At the base commit.</param>
    /// <param name="commit">The arm's.</param>
    /// <param name="image">Id of the image that was built of it, when that is known; another one is not tried in its place.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="SubstrateUnusableException">It does not build, or not to that image.</exception>
    public async Task<ReplaySource> GetAsync(LoadedSubstrate substrate, CommitHash commit, string? image, CancellationToken cancellationToken) =>
        await BuildAsync(substrate, commit, cancellationToken) switch
        {
            BuiltSource.Ready { Source: ReplaySource.Image found } when image is not null && found.Id != image =>
                throw new SubstrateUnusableException($"the image {image} of commit {commit} is gone from the engine, and building it again gave {found.Id}; restart the evolution"),
            BuiltSource.Ready { Source: ReplaySource.Tree } when image is not null =>
                throw new SubstrateUnusableException($"commit {commit} was built as image {image}, and this runner runs no images: set {SandboxesOptions.Section}:Engine to docker for all of them"),
            BuiltSource.Ready ready => ready.Source,
            BuiltSource.Refused refused => throw new SubstrateUnusableException($"commit {commit} does not build: {refused.Reason}"),
            _ => throw new UnreachableException(),
        };
}
