using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Moss.ServiceDefaults.Health;

/// <summary>
/// <c>/health/live</c>: the process answers, restart it when it does not. <c>/health/ready</c>: it can work, with the broker and
/// the database; 503 names what is missing.
/// </summary>
public static class HealthRegistration
{
    private const string Ready = "ready";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Adds the check of the database; the bus adds its own.</summary>
    public static IServiceCollection AddMossHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<StoreHealth>("database", HealthStatus.Unhealthy, [Ready], Patience);
        return services;
    }

    /// <summary>Maps both.</summary>
    public static void MapMossHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(Ready),
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
            ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(new HealthView(
                report.Status.ToString(),
                report.Entries.ToDictionary(
                    entry => entry.Key, entry => $"{entry.Value.Status}: {entry.Value.Exception?.Message ?? entry.Value.Description}", StringComparer.Ordinal))),
        });
    }

    private sealed record HealthView(string Status, IReadOnlyDictionary<string, string> Checks);
}
