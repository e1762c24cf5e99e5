using System.Collections.Immutable;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>Other containers that live in the namespaces of the one that would go: they would be left with nothing.</summary>
internal sealed class SwapNeighbours(ISwapEngine engine)
{
    /// <summary>The engine's words for what can be shared, and a person's.</summary>
    public static ImmutableArray<(string Key, string What)> Shared { get; } = [("NetworkMode", "network"), ("PidMode", "processes"), ("IpcMode", "shared memory")];

    /// <summary>Each with what to do.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(SwapContainer container, CancellationToken cancellationToken) =>
    [
        .. (await engine.LabelledAsync([], cancellationToken)).Where(other => other.Runs && other.Id != container.Id)
            .SelectMany(other => Shared.Where(shared => Names(other.Namespaces[shared.Key], container))
                .Select(shared => $"container {other.Name} lives in the {shared.What} of this one and would lose it; stop it first: docker stop {other.Name}")),
    ];

    private static bool Names(string mode, SwapContainer container) => mode == $"container:{container.Id}" || mode == $"container:{container.Name}";
}
