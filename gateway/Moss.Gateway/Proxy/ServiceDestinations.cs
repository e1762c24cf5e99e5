using Moss.Gateway.Health;
using Moss.Gateway.Settings;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace Moss.Gateway.Proxy;

/// <summary>
/// Gives each service the address that it was set to, and has its health watched. While another is healthy, one that is not gets
/// no request; when none is, all are tried, so that nobody waits for a probe once a service is back.
/// </summary>
internal sealed class ServiceDestinations(GatewaySettings settings) : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => new(cluster with
    {
        Destinations = settings.Services.TryGetValue(cluster.Service(), out var addresses)
            ? addresses.ToDictionary(address => address.Authority, address => new DestinationConfig { Address = address.ToString() }, StringComparer.OrdinalIgnoreCase)
            : cluster.Destinations,
        LoadBalancingPolicy = cluster.LoadBalancingPolicy ?? LoadBalancingPolicies.PowerOfTwoChoices,
        HealthCheck = cluster.HealthCheck ?? new HealthCheckConfig
        {
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Active = new()
            {
                Enabled = true, Path = "/health/ready", Policy = nameof(ProbePolicy),
                Interval = settings.Options.ProbeInterval, Timeout = settings.Options.ProbeTimeout,
            },
            Passive = new()
            {
                Enabled = true, Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate, ReactivationPeriod = settings.Options.ProbeInterval,
            },
        },
    });

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
}
