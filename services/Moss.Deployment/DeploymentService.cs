using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moss.Deployment.Api;
using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Overseeing;
using Moss.Deployment.Probing;
using Moss.Deployment.Promoting;
using Moss.Deployment.Recording;
using Moss.Deployment.Starting;
using Moss.Deployment.Watching;
using Moss.EventStore.Projections;
using Moss.Processes;
using Moss.Records;
using Moss.ServiceDefaults.Bus;

namespace Moss.Deployment;

/// <summary>
/// Promotion, rollback and the running instance of each substrate. Needs, from whoever composes the process: the event store,
/// the stage ledger, <c>ISubstrateDirectory</c>, <c>IWorkspaceReader</c>, <c>IWorkspaceWriter</c>, <c>IBranchHistory</c> and <c>IStableBranch</c>.
/// </summary>
public static class DeploymentService
{
    /// <summary>Adds the service and its consumers.</summary>
    public static IServiceCollection AddDeployment(this IServiceCollection services, Action<DeploymentOptions> configure)
    {
        services.AddOptions<DeploymentOptions>()
            .Configure<IServiceProvider>((options, provider) => provider.GetService<IConfiguration>()?.GetSection(DeploymentOptions.Section).Bind(options))
            .Configure(configure).ValidateDataAnnotations()
            .Validate(options => options.MetricHosts.All(MetricHosts.IsWritten), $"{DeploymentOptions.Section}:MetricHosts has an entry that is no host and no host:port: write it as in http://host:port, without http://")
            .ValidateOnStart();
        services.AddProcesses();
        services.AddEventNames();
        services.AddInstances();
        services.TryAddSingleton<IDeclarations, RepositoryDeclarations>();
        services.AddSingleton<DeploymentFolders>();
        services.AddSingleton<SubstrateLocks>();
        services.AddSingleton<Journals>();
        services.AddSingleton<LaunchPlanner>();
        services.AddSingleton<InstanceTidying>();
        services.AddSingleton<HttpProbe>();
        services.AddSingleton<InstanceProber>();
        services.AddSingleton<InstanceBringUp>();
        services.AddSingleton<PlaceKeeper>();
        services.AddSingleton<InstanceKeeper>();
        services.AddSingleton<BranchPublisher>();
        services.AddSingleton<ApproverRegister>();
        services.AddSingleton<SignedConsents>();
        services.AddSingleton<Preflight>();
        services.AddSingleton<PromotionWorld>();
        services.AddSingleton<PromotionEffects>();
        services.AddSingleton<PromotionRunner>();
        services.AddSingleton<Promotions>();
        services.AddWatches();
        services.AddOverseeing();
        services.AddSingleton<DeploymentReader>();
        services.AddSingleton<OutlookReader>();
        services.AddSingleton<DeploymentRecovery>();
        services.AddHostedService<EngineWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<DeploymentRecovery>());
        return services.AddConsumersOf(bus => bus.AddConsumer<PromoteCandidateHandler>());
    }

    /// <summary>Watches what was promoted, and takes back what is worse. Needs, besides, the feed.</summary>
    public static IServiceCollection AddWatching(this IServiceCollection services)
    {
        services.AddHostedService<WatchWorker>();
        return services.AddFeedHandler<RecurrenceHandler>(FeedStart.Beginning, exclusive: true);
    }

    /// <summary>
    /// Keeps anchors of the event store, and what is known of each corpus, in the substrates' repositories. Needs, besides, the feed and
    /// <c>IRecordBranch</c>.
    /// </summary>
    public static IServiceCollection AddRecordKeeping(this IServiceCollection services)
    {
        services.AddSingleton<RecordDesk>();
        services.AddHostedService<RecordRetries>();
        services.AddSingleton<Fingerprints>();
        services.AddFeedHandler<CorpusKeeper>(FeedStart.Beginning, exclusive: true);
        return services.AddFeedHandler<AnchorKeeper>(FeedStart.Beginning, exclusive: true);
    }

    /// <summary>Adds the routes below <c>/api/deployments</c> and <c>/api/oversight</c>.</summary>
    public static IEndpointRouteBuilder MapDeployment(this IEndpointRouteBuilder routes)
    {
        DeploymentEndpoints.Map(routes);
        OversightEndpoints.Map(routes);
        return routes;
    }
}
