namespace Moss.Artifacts;

/// <summary>Plans, diffs, transcripts and logs, each found by the SHA-256 of its content (64 lower-case hex digits).</summary>
public interface IArtifactStore
{
    /// <summary>Keeps the content durably before it returns; keeping the same content twice is free.</summary>
    Task<string> KeepAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The content; null when there is none of that hash. A file that no longer has its hash throws <see cref="InvalidDataException"/>.</summary>
    Task<byte[]?> FindAsync(string hash, CancellationToken cancellationToken);
}
