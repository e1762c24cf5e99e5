using System.Text.Json.Nodes;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Volumes;
using Moss.Deployment.Instances.Swapping;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>Where no place is taken nobody asks it anything.</summary>
internal sealed class NoSwapEngine : ISwapEngine
{
    public Task<SwapContainer?> FindAsync(string container, CancellationToken cancellationToken) => throw Unused();

    public Task<IReadOnlyList<SwapContainer>> LabelledAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) => throw Unused();

    public Task<IReadOnlyList<SwapContainer>> NamedAsync(string beginning, CancellationToken cancellationToken) => throw Unused();

    public Task<JsonObject?> InspectAsync(string container, CancellationToken cancellationToken) => throw Unused();

    public Task<JsonObject?> InspectImageAsync(string image, CancellationToken cancellationToken) => throw Unused();

    public Task<IReadOnlyList<ContainerChange>> ChangesAsync(string container, CancellationToken cancellationToken) => throw Unused();

    public Task<string> RootAsync(CancellationToken cancellationToken) => throw Unused();

    public Task MakeAsync(string name, JsonObject body) => throw Unused();

    public Task JoinAsync(string network, string container, JsonNode endpoint) => throw Unused();

    public Task SetRestartPolicyAsync(string container, JsonNode policy) => throw Unused();

    public Task RenameAsync(string container, string name) => throw Unused();

    public Task StartAsync(string container) => throw Unused();

    public Task StopAsync(string container, TimeSpan grace) => throw Unused();

    public Task EndOfAsync(string container, CancellationToken cancellationToken) => throw Unused();

    public Task RemoveAsync(string container) => throw Unused();

    public Task RemoveWithVolumesAsync(string container) => throw Unused();

    public Task CopyLogsAsync(string container, Stream destination, CancellationToken cancellationToken) => throw Unused();

    public Task MakeVolumeAsync(string name, IReadOnlyDictionary<string, string> labels) => throw Unused();

    public Task<IReadOnlyList<VolumeSummary>> VolumesAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) => throw Unused();

    public Task RemoveVolumeAsync(string name) => throw Unused();

    private static InvalidOperationException Unused() => new("nothing here takes the place of another container");
}
