using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Moss.Deployment.Watching;

/// <summary>What watches and rollbacks are made of.</summary>
internal static class WatchingRegistration
{
    public static IServiceCollection AddWatches(this IServiceCollection services)
    {
        services.AddSingleton<MetricHosts>();
        services.TryAddSingleton<IMetricSource, PrometheusSource>();
        services.AddSingleton<WatchTermsReader>();
        services.AddSingleton<InstanceSights>();
        services.AddSingleton<ProductionRollbacks>();
        services.AddSingleton<RollbackDesk>();
        services.AddSingleton<Watches>();
        return services;
    }
}
