using System.Collections.Immutable;

namespace Moss.Containers.Engine.Images;

/// <summary>What the daemon knows of an image.</summary>
/// <param name="Id">The hash of its description: what runs, whatever the tags say tomorrow.</param>
/// <param name="RepoTags">Names as <c>repository:tag</c>.</param>
/// <param name="RepoDigests">Names as <c>repository@sha256:...</c>, when it came from a registry or went there.</param>
/// <param name="Config">What containers made from it inherit.</param>
public sealed record ImageDetails(string Id, ImmutableArray<string>? RepoTags, ImmutableArray<string>? RepoDigests, ImageConfig? Config);

/// <summary>What containers inherit from an image.</summary>
/// <param name="Env"><c>NAME=value</c>.</param>
/// <param name="Labels">Name and value.</param>
/// <param name="Volumes">Folders for each of which the engine would make a volume.</param>
/// <param name="User">Who runs.</param>
/// <param name="WorkingDir">Where.</param>
public sealed record ImageConfig(
    IReadOnlyList<string>? Env,
    IReadOnlyDictionary<string, string>? Labels,
    IReadOnlyDictionary<string, object>? Volumes,
    string? User,
    string? WorkingDir);

/// <summary>One image of a list.</summary>
/// <param name="Id">The hash of its description.</param>
/// <param name="RepoTags">Names as <c>repository:tag</c>.</param>
/// <param name="Labels">Name and value.</param>
/// <param name="Created">Seconds since 1970.</param>
public sealed record ImageSummary(string Id, ImmutableArray<string>? RepoTags, IReadOnlyDictionary<string, string>? Labels, long Created);
