using System.Collections.Immutable;
using Moss.Artifacts;

namespace Moss.CodingAgents.Memories;

/// <summary>Keeps sessions from one round of a stage to the next, whichever process plays it.</summary>
public sealed class AgentMemories(IArtifactStore artifacts, IStageLedger ledger)
{
    /// <summary>The session of a round; null when none was kept, or when a file of it is gone.</summary>
    /// <param name="round">Stage key as text.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AgentMemory?> FindAsync(string round, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync<KeptMemory>(KeyOf(round), cancellationToken) is not { } kept)
        {
            return null;
        }

        var files = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, artifact) in kept.Files)
        {
            if (await artifacts.FindAsync(artifact, cancellationToken) is not { } content)
            {
                return null;
            }

            files[name] = content;
        }

        return new(kept.Agent, kept.Session, files.ToImmutable());
    }

    /// <summary>Keeps the session of a round; one that is there already stays.</summary>
    /// <param name="round">Stage key as text.</param>
    /// <param name="memory">The session.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task KeepAsync(string round, AgentMemory memory, CancellationToken cancellationToken)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, content) in memory.Files)
        {
            files[name] = await artifacts.KeepAsync(content, cancellationToken);
        }

        await ledger.KeepAsync(KeyOf(round), new KeptMemory(memory.Agent, memory.Session, files.ToImmutable()), cancellationToken);
    }

    private static string KeyOf(string round) => $"{round}.memory";

    private sealed record KeptMemory(string Agent, string Session, ImmutableSortedDictionary<string, string> Files);
}
