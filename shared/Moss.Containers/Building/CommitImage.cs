using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Containers.Building;

/// <summary>Which image.</summary>
/// <param name="Repository">Where the commits are.</param>
/// <param name="Substrate">Its name.</param>
/// <param name="Image">How it is built, as declared at <paramref name="Base"/>.</param>
/// <param name="Scenarios">The folder of scenarios, as declared there; never part of an image.</param>
/// <param name="Base">The commit whose instructions count.</param>
/// <param name="Commit">The commit whose files it holds.</param>
public sealed record CommitImageRequest(string Repository, string Substrate, ImageStep Image, string Scenarios, CommitHash Base, CommitHash Commit)
{
    /// <summary>The request for a substrate's commit by what it declared at the base commit, where it declares an image; null where not.</summary>
    public static CommitImageRequest? For(string repository, SubstrateDeclaration declaration, CommitHash start, CommitHash commit) =>
        declaration.Image is { } image ? new(repository, declaration.Name, image, declaration.Scenarios, start, commit) : null;
}

/// <summary>What became of it.</summary>
public abstract record CommitImage
{
    private CommitImage() { }

    /// <summary>It is there.</summary>
    /// <param name="Id">Its id, <c>sha256:...</c>: what runs, whatever its names say tomorrow.</param>
    public sealed record Ready(string Id) : CommitImage;

    /// <summary>The commit cannot be built: its own fault, or its instructions'; never the engine's.</summary>
    /// <param name="Reason">A line.</param>
    /// <param name="Log">The last of what the builder said.</param>
    public sealed record Refused(string Reason, string Log) : CommitImage;
}
