using System.Text.Json.Nodes;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Volumes;
using Moss.Deployment.Instances.Swapping;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>An engine at which things may go wrong, and whose user may be killed before and after everything that changes something; the containers live on.</summary>
internal sealed class KillableSwapEngine(ISwapEngine engine, KillSwitch kill, Surroundings around) : ISwapEngine
{
    public Task<SwapContainer?> FindAsync(string container, CancellationToken cancellationToken) => engine.FindAsync(container, cancellationToken);

    public Task<IReadOnlyList<SwapContainer>> LabelledAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        engine.LabelledAsync(labels, cancellationToken);

    public Task<IReadOnlyList<SwapContainer>> NamedAsync(string beginning, CancellationToken cancellationToken) => engine.NamedAsync(beginning, cancellationToken);

    public Task<JsonObject?> InspectAsync(string container, CancellationToken cancellationToken) => engine.InspectAsync(container, cancellationToken);

    public Task<JsonObject?> InspectImageAsync(string image, CancellationToken cancellationToken) => engine.InspectImageAsync(image, cancellationToken);

    public Task<IReadOnlyList<ContainerChange>> ChangesAsync(string container, CancellationToken cancellationToken) => engine.ChangesAsync(container, cancellationToken);

    public Task<string> RootAsync(CancellationToken cancellationToken) => engine.RootAsync(cancellationToken);

    public Task MakeAsync(string name, JsonObject body) => PassAsync("make", name, () => engine.MakeAsync(name, body));

    public Task JoinAsync(string network, string container, JsonNode endpoint) => PassAsync("join", container, () => engine.JoinAsync(network, container, endpoint));

    public Task SetRestartPolicyAsync(string container, JsonNode policy) => PassAsync("set restart policy", container, () => engine.SetRestartPolicyAsync(container, policy));

    public Task RenameAsync(string container, string name) => PassAsync("rename", container, () => engine.RenameAsync(container, name));

    public Task StartAsync(string container) => PassAsync("start", container, () => engine.StartAsync(container));

    public Task StopAsync(string container, TimeSpan grace) => PassAsync("stop", container, () => engine.StopAsync(container, grace));

    public Task EndOfAsync(string container, CancellationToken cancellationToken) => engine.EndOfAsync(container, cancellationToken);

    public Task RemoveAsync(string container) => PassAsync("remove", container, () => engine.RemoveAsync(container));

    public Task RemoveWithVolumesAsync(string container) => PassAsync("remove with volumes", container, () => engine.RemoveWithVolumesAsync(container));

    public Task CopyLogsAsync(string container, Stream destination, CancellationToken cancellationToken) => engine.CopyLogsAsync(container, destination, cancellationToken);

    public Task MakeVolumeAsync(string name, IReadOnlyDictionary<string, string> labels) => PassAsync("make volume", name, () => engine.MakeVolumeAsync(name, labels));

    public Task<IReadOnlyList<VolumeSummary>> VolumesAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        engine.VolumesAsync(labels, cancellationToken);

    public Task RemoveVolumeAsync(string name) => PassAsync("remove volume", name, () => engine.RemoveVolumeAsync(name));

    private async Task PassAsync(string call, string on, Func<Task> effect)
    {
        kill.Pass();
        await around.Engine(new EngineChange(call, on), effect);
        kill.Pass();
    }
}
