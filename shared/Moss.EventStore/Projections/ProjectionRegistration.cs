using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.EventStore.Turns;

namespace Moss.EventStore.Projections;

/// <summary>Subscribers of the feed, run by the host.</summary>
public static class ProjectionRegistration
{
    /// <summary>Registers a handler and the subscription that feeds it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="exclusive">True when one process at a time handles; the others stand by and take over.</param>
    public static IServiceCollection AddFeedHandler<THandler>(this IServiceCollection services, FeedStart start = FeedStart.Checkpoint, bool exclusive = false)
        where THandler : class, IFeedHandler
    {
        services.AddSingleton<THandler>();
        services.AddSingleton<IHostedService>(provider => new FeedSubscription(
            provider.GetRequiredService<THandler>(), start, provider.GetRequiredService<IEventFeed>(), provider.GetRequiredService<ICheckpointStore>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FeedSubscription>>(),
            exclusive ? provider.GetRequiredService<ITurns>() : null));
        return services;
    }

    /// <summary>Registers a read model, which the host keeps up to date.</summary>
    public static IServiceCollection AddProjection<TProjection>(this IServiceCollection services)
        where TProjection : class, IHostedService
    {
        services.AddSingleton<TProjection>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<TProjection>());
        return services;
    }
}
