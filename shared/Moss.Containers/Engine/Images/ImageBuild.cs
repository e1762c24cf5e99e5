using System.Collections.Immutable;

namespace Moss.Containers.Engine.Images;

/// <summary>How an image is built.</summary>
public sealed record ImageBuildRequest
{
    /// <summary>Path of the file with the instructions, in the context.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    /// <summary>A name for it, <c>repository:tag</c>; none when null.</summary>
    public string? Tag { get; init; }

    /// <summary>What its RUN instructions can reach: nothing, unless said otherwise.</summary>
    public string Network { get; init; } = "none";

    /// <summary>Bytes of memory for each of its RUN instructions; no limit when null.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Values for its ARG instructions; they stay readable in the image, so no secrets.</summary>
    public ImmutableSortedDictionary<string, string> Arguments { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Labels of the image.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Use nothing of earlier builds.</summary>
    public bool FromScratch { get; init; }

    /// <summary>Bytes kept of the builder's output.</summary>
    public int LogBytes { get; init; } = 1024 * 1024;
}

/// <summary>How a build ended.</summary>
public abstract record ImageBuild
{
    private ImageBuild() { }

    /// <summary>What the builder said, cut at the limit.</summary>
    public string Log { get; init; } = "";

    /// <summary>There is an image.</summary>
    /// <param name="Image">Its id.</param>
    public sealed record Built(string Image) : ImageBuild;

    /// <summary>An instruction failed, or could not be understood.</summary>
    /// <param name="Reason">The builder's own words.</param>
    public sealed record Failed(string Reason) : ImageBuild;
}
