using System.Security.Cryptography;

namespace Moss.Artifacts;

/// <summary>Artifacts as files named by their hash. Any number of processes may share the folder.</summary>
/// <param name="folder">Made at the first write.</param>
/// <param name="clock">Tells which leftovers of killed writers are old enough to go.</param>
/// <remarks>A disk that is full or cannot be written gives an <see cref="IOException"/> that names the file, and no file.</remarks>
public sealed class FileArtifactStore(string folder, TimeProvider clock) : IArtifactStore
{
    private readonly DurableFolder files = new(folder, clock);

    /// <inheritdoc/>
    public async Task<string> KeepAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hash = ContentHash.Of(content.Span);
        var kept = new FileInfo(files.PathOf(hash));
        if (!kept.Exists || kept.Length != content.Length)
        {
            await files.ReplaceAsync(hash, content, cancellationToken);
        }

        return hash;
    }

    /// <inheritdoc/>
    public async Task<byte[]?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        if (!ContentHash.IsOne(hash) || await files.ReadAsync(hash, cancellationToken) is not { } content)
        {
            return null;
        }

        return ContentHash.Of(content) == hash
            ? content
            : throw new InvalidDataException($"artifact {files.PathOf(hash)} no longer has the hash that it is named by: it was changed");
    }
}

/// <summary>SHA-256 as 64 lower-case hex digits.</summary>
public static class ContentHash
{
    /// <summary>The hash of the content.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>True for exactly 64 lower-case hex digits.</summary>
    public static bool IsOne(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
