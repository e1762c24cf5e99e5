using System.Collections.Concurrent;
using Moss.Artifacts;

namespace Moss.Testing.Artifacts;

/// <summary>Artifacts in memory.</summary>
public sealed class InMemoryArtifactStore : IArtifactStore
{
    private readonly ConcurrentDictionary<string, byte[]> contents = new(StringComparer.Ordinal);

    /// <summary>How many different contents are kept.</summary>
    public int Count => contents.Count;

    /// <inheritdoc/>
    public Task<string> KeepAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hash = ContentHash.Of(content.Span);
        contents.TryAdd(hash, content.ToArray());
        return Task.FromResult(hash);
    }

    /// <inheritdoc/>
    public Task<byte[]?> FindAsync(string hash, CancellationToken cancellationToken) =>
        Task.FromResult(contents.TryGetValue(hash, out var content) ? content.ToArray() : null);
}
