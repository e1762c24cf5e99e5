using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Moss.EventStore.Projections;

/// <summary>Subscribers of the feed, run by the host.</summary>
public static class ProjectionRegistration
{
    /// <summary>Registers a handler and the subscription that feeds it.</summary>
    public static IServiceCollection AddFeedHandler<THandler>(this IServiceCollection services, FeedStart start = FeedStart.Checkpoint)
        where THandler : class, IFeedHandler
    {
        services.AddSingleton<THandler>();
        services.AddSingleton<IHostedService>(provider => new FeedSubscription(
            provider.GetRequiredService<THandler>(), start, provider.GetRequiredService<IEventFeed>(), provider.GetRequiredService<ICheckpointStore>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FeedSubscription>>()));
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
