using System.Net;
using Microsoft.Extensions.Options;

namespace Moss.Deployment.Instances.Containers;

/// <summary>Where containers are reached from here.</summary>
internal sealed class ContainerPlace(IInstanceEngine engine, IOptions<DeploymentOptions> options)
{
    /// <summary>On the machine the loopback address, where its port is published; within a container its address in the network of both.</summary>
    public async Task<IPAddress?> AddressAsync(SeenContainer container, CancellationToken cancellationToken)
    {
        if (!await engine.RunsUsAsync(cancellationToken))
        {
            return IPAddress.Loopback;
        }

        return options.Value.Network is { } network && container.Addresses.TryGetValue(network, out var address) ? IPAddress.Parse(address) : null;
    }
}
