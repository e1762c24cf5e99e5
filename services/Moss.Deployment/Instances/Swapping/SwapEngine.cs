using System.Text.Json.Nodes;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Volumes;
using static Moss.Deployment.Instances.Containers.EngineCalls;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>A Docker daemon.</summary>
internal sealed class SwapEngine(EngineClient engine, TimeProvider clock) : ISwapEngine
{
    private const int LogLines = 1000;

    /// <summary>How long a container may take to end after KILL.</summary>
    private static readonly TimeSpan Dying = TimeSpan.FromSeconds(30);

    public async Task<SwapContainer?> FindAsync(string container, CancellationToken cancellationToken) =>
        await InspectAsync(container, cancellationToken) is { } seen ? SeenContainers.Read(seen) : null;

    public Task<IReadOnlyList<SwapContainer>> LabelledAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        AskAsync(async () => await LookAsync((await engine.Containers.ListAsync(labels, cancellationToken)).Select(found => found.Id), cancellationToken));

    public Task<IReadOnlyList<SwapContainer>> NamedAsync(string beginning, CancellationToken cancellationToken) => AskAsync(async () => await LookAsync(
        (await engine.Containers.NamedAsync(beginning, cancellationToken))
            .Where(found => found.Names.Any(name => name.TrimStart('/').StartsWith(beginning, StringComparison.Ordinal))).Select(found => found.Id),
        cancellationToken));

    public Task<JsonObject?> InspectAsync(string container, CancellationToken cancellationToken) =>
        AskAsync(() => MissingIsNullAsync(async () => (JsonObject?)await engine.Containers.InspectRawAsync(container, cancellationToken)));

    public Task<JsonObject?> InspectImageAsync(string image, CancellationToken cancellationToken) =>
        AskAsync(() => MissingIsNullAsync(async () => (JsonObject?)await engine.Images.InspectRawAsync(image, cancellationToken)));

    public Task<IReadOnlyList<ContainerChange>> ChangesAsync(string container, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<ContainerChange>>(async () => [.. await engine.Containers.ChangesAsync(container, cancellationToken)]);

    public Task<string> RootAsync(CancellationToken cancellationToken) =>
        AskAsync(async () => (await engine.System.InfoAsync(cancellationToken)).DockerRootDir);

    public Task MakeAsync(string name, JsonObject body) =>
        AskAsync(() => FineWhenAsync(EngineFailure.Conflict, () => engine.Containers.CreateAsync(name, body, CancellationToken.None)));

    public Task JoinAsync(string network, string container, JsonNode endpoint) =>
        AskAsync(() => engine.Networks.ConnectAsync(network, container, endpoint, CancellationToken.None));

    public Task SetRestartPolicyAsync(string container, JsonNode policy) =>
        AskAsync(() => engine.Containers.SetRestartPolicyAsync(container, policy, CancellationToken.None));

    public Task RenameAsync(string container, string name) => AskAsync(() => engine.Containers.RenameAsync(container, name, CancellationToken.None));

    public Task StartAsync(string container) => AskAsync(() => engine.Containers.StartAsync(container, CancellationToken.None));

    public async Task StopAsync(string container, TimeSpan grace)
    {
        using var limit = new CancellationTokenSource(grace + Dying, clock);
        try
        {
            await AskAsync(() => engine.Containers.StopAsync(container, grace, limit.Token));
        }
        catch (OperationCanceledException unanswered)
        {
            throw new HostAwayException($"the engine does not say that container {container} ended", unanswered);
        }
    }

    public Task EndOfAsync(string container, CancellationToken cancellationToken) =>
        AskAsync(() => FineWhenAsync(EngineFailure.NotFound, () => engine.Containers.WaitAsync(container, cancellationToken)));

    public Task RemoveAsync(string container) => AskAsync(() => engine.Containers.RemoveStoppedAsync(container, CancellationToken.None));

    public Task RemoveWithVolumesAsync(string container) => AskAsync(() => engine.Containers.RemoveAsync(container, CancellationToken.None));

    public async Task CopyLogsAsync(string container, Stream destination, CancellationToken cancellationToken)
    {
        if (await InspectAsync(container, cancellationToken) is { } seen)
        {
            var terminal = seen["Config"]?["Tty"]?.GetValue<bool>() is true;
            await AskAsync(() => FineWhenAsync(EngineFailure.NotFound, () => engine.Containers.CopyLogsAsync(container, LogLines, terminal, destination, cancellationToken)));
        }
    }

    public Task MakeVolumeAsync(string name, IReadOnlyDictionary<string, string> labels) =>
        AskAsync(() => engine.Volumes.CreateAsync(name, labels, CancellationToken.None));

    public Task<IReadOnlyList<VolumeSummary>> VolumesAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<VolumeSummary>>(async () => [.. await engine.Volumes.ListAsync(labels, cancellationToken)]);

    public Task RemoveVolumeAsync(string name) => AskAsync(() => engine.Volumes.RemoveAsync(name, CancellationToken.None));

    private async Task<IReadOnlyList<SwapContainer>> LookAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var seen = new List<SwapContainer>();
        foreach (var id in ids)
        {
            if (await FindAsync(id, cancellationToken) is { } container)
            {
                seen.Add(container);
            }
        }

        return seen;
    }
}
