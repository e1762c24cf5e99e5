using System.Text.Json.Nodes;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>Other containers that live in the namespaces of the one that would go: they would be left with nothing.</summary>
internal sealed class SwapNeighbours(ISwapEngine engine)
{
    private static readonly (string Key, string What)[] Shared = [("NetworkMode", "network"), ("PidMode", "processes"), ("IpcMode", "shared memory")];

    /// <summary>Each with what to do.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(SwapContainer container, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var other in (await engine.LabelledAsync([], cancellationToken)).Where(other => other.Runs && other.Id != container.Id))
        {
            var host = (await engine.InspectAsync(other.Id, cancellationToken))?["HostConfig"] as JsonObject;
            found.AddRange(Shared.Where(shared => Names(host?[shared.Key]?.GetValue<string>(), container))
                .Select(shared => $"container {other.Name} lives in the {shared.What} of this one and would lose it; stop it first: docker stop {other.Name}"));
        }

        return found;
    }

    private static bool Names(string? mode, SwapContainer container) => mode == $"container:{container.Id}" || mode == $"container:{container.Name}";
}
