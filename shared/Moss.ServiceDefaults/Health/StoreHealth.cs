using Microsoft.Extensions.Diagnostics.HealthChecks;
using Moss.EventStore;

namespace Moss.ServiceDefaults.Health;

/// <summary>Whether the database answers.</summary>
internal sealed class StoreHealth(IEventFeed feed) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await feed.LastPositionAsync(cancellationToken);
        return HealthCheckResult.Healthy("the database answers");
    }
}
