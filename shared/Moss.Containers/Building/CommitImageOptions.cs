namespace Moss.Containers.Building;

/// <summary>What Moss may choose about images of commits.</summary>
public sealed record CommitImageOptions
{
    /// <summary>Bytes of memory for each RUN instruction.</summary>
    public long MemoryBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Letters kept of the last that a builder said.</summary>
    public int LogLetters { get; init; } = 64 * 1024;
}
