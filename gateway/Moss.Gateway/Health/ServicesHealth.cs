using Microsoft.AspNetCore.Http.HttpResults;
using Moss.Gateway.Proxy;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Moss.Gateway.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: how each service was when it was asked last. The gateway itself
/// counts as ready as long as one is, because without it nothing of the others could be reached either.
/// </summary>
internal static class ServicesHealth
{
    private const string Healthy = nameof(DestinationHealth.Healthy);
    private const string Degraded = nameof(Degraded);
    private const string Unhealthy = nameof(DestinationHealth.Unhealthy);

    public static void MapServicesHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Text(Healthy)).ExcludeFromDescription();
        routes.MapGet("/health/ready", Ready).ExcludeFromDescription();
    }

    private static JsonHttpResult<HealthView> Ready(IProxyStateLookup state)
    {
        var services = state.Services().ToDictionary(cluster => cluster.Service(), View, StringComparer.Ordinal);
        var healthy = services.Values.Count(service => service.StartsWith(Healthy, StringComparison.Ordinal));
        var status = healthy == services.Count ? Healthy : healthy > 0 ? Degraded : Unhealthy;
        return TypedResults.Json(
            new HealthView(status, services),
            statusCode: status == Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static string View(ClusterState cluster)
    {
        var all = cluster.DestinationsState.AllDestinations;
        var healthy = all.Count(one => State(one) == DestinationHealth.Healthy);
        return healthy > 0 ? $"{Healthy}: {healthy} of {all.Count} ready"
            : all.Any(one => State(one) == DestinationHealth.Unknown) ? "Unknown: no answer yet"
            : $"{Unhealthy}: 0 of {all.Count} ready";
    }

    private static DestinationHealth State(DestinationState destination) => (destination.Health.Active, destination.Health.Passive) switch
    {
        (DestinationHealth.Unhealthy, _) or (_, DestinationHealth.Unhealthy) => DestinationHealth.Unhealthy,
        var (active, _) => active,
    };

    private sealed record HealthView(string Status, IReadOnlyDictionary<string, string> Checks);
}
