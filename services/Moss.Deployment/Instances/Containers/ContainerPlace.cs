using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Containers;

/// <summary>Where containers are reached from here.</summary>
internal sealed class ContainerPlace(IInstanceEngine engine, IOptions<DeploymentOptions> options)
{
    /// <summary>
    /// On the machine the loopback address, where its port is published, and the container's own where it takes a place; within a
    /// container its address in the network of both.
    /// </summary>
    public async Task<IPAddress?> AddressAsync(Instance instance, SeenContainer container, CancellationToken cancellationToken)
    {
        if (!await engine.RunsUsAsync(cancellationToken))
        {
            return instance.Recipe is { } recipe ? OnMachine(recipe, container) : IPAddress.Loopback;
        }

        return options.Value.Network is { } network && container.Addresses.TryGetValue(network, out var address) ? IPAddress.Parse(address) : null;
    }

    private static IPAddress? OnMachine(ContainerRecipe recipe, SeenContainer container) =>
        JsonNode.Parse(recipe.Body)?["HostConfig"]?["NetworkMode"]?.GetValue<string>() == "host" ? IPAddress.Loopback
        : container.Addresses.OrderBy(network => network.Key, StringComparer.Ordinal).Select(network => IPAddress.Parse(network.Value)).FirstOrDefault();
}
