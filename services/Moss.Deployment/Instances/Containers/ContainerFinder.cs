using Moss.Deployment.Instances.Swapping;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Containers;

/// <summary>What the engine calls an instance's container.</summary>
internal sealed class ContainerFinder(SwapPlaces places)
{
    /// <summary>Its name or id; null when it takes a place and there is none.</summary>
    public async Task<string?> NameAsync(Instance instance, CancellationToken cancellationToken) =>
        instance.Recipe is null ? ContainerNames.Of(instance) : (await places.FindAsync(instance, cancellationToken))?.Id;

    /// <summary>What its own check says; null when it has none.</summary>
    public async Task<string?> HealthAsync(Instance instance, CancellationToken cancellationToken) =>
        instance.Recipe is null ? null : (await places.FindAsync(instance, cancellationToken))?.Health;
}
