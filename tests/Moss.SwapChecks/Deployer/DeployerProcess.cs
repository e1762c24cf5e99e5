using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.Contracts.Deployment;
using Moss.Deployment;
using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Promoting;
using Moss.Deployment.Starting;
using Moss.Domain.Promotion;
using Moss.EventStore;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.SwapChecks.Deployer;

/// <summary>One life of the real deployment service, with a real event store and a real repository; killed as kill -9 does where it is told.</summary>
internal static class DeployerProcess
{
    public static async Task<DeployerReport> RunAsync(DeployerOrder order, TimeProvider clock)
    {
        var store = new SuicidalStore(order.KillAfter);
        await using var services = Compose(order, store);
        store.Inner = services.GetRequiredService<IEventStore>();
        var began = new DateTimeOffset(Process.GetCurrentProcess().StartTime.ToUniversalTime(), TimeSpan.Zero);
        var outcomes = new List<DeployerOutcome>();
        if (order.Promote.Count == 0)
        {
            outcomes.Add(Told(await services.GetRequiredService<InstanceKeeper>().StartAsync(order.Substrate, null, CancellationToken.None)));
        }

        foreach (var command in order.Promote)
        {
            outcomes.Add(Told(await services.GetRequiredService<Promotions>().PromoteAsync(command, CancellationToken.None)));
        }

        return new DeployerReport(outcomes, store.Stored, began, store.ClosedAt ?? clock.GetUtcNow(), store.Asking);
    }

    private static ServiceProvider Compose(DeployerOrder order, SuicidalStore store)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddSingleton<IHostApplicationLifetime, NeverStops>();
        services.AddSingleton<ISubstrateDirectory>(new OneSubstrate(new SubstrateEntry(order.Substrate, order.Repository)));
        services.AddSingleton<IVersionImages>(new KnownImages(order.Images));
        services.AddSingleton<IEventAppender>(store);
        services.AddEventStore(options => options.Sqlite = order.Store);
        services.AddWorkspaceWriter(new WorkspaceSettings(order.Folder));
        services.AddStableBranch();
        services.AddDeployment(options => (options.Folder, options.Engine, options.Socket) = (Path.Combine(order.Folder, "deployments"), "docker", order.Socket));
        return services.BuildServiceProvider();
    }

    private static DeployerOutcome Told(object answer) => answer switch
    {
        CandidatePromoted promoted => new(nameof(CandidatePromoted), "", promoted.DowntimeSeconds),
        PromotionRolledBack undone => new(nameof(PromotionRolledBack), undone.Reason, 0),
        PromotionRefused refused => new(nameof(PromotionRefused), $"{refused.Ground}: {refused.Reason}", 0),
        StartOutcome.Done => new(nameof(StartOutcome.Done), "", 0),
        _ => new(answer.GetType().Name, answer.ToString()!, 0),
    };

    private sealed record OneSubstrate(SubstrateEntry Entry) : ISubstrateDirectory
    {
        public Task<SubstrateEntry?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(name == Entry.Name ? Entry : null);
    }

    private sealed record KnownImages(IReadOnlyDictionary<string, string> Images) : IVersionImages
    {
        public Task<string> GetAsync(Deployable what, DeployedVersion version, CancellationToken cancellationToken) => Task.FromResult(Images[version.Commit]);
    }

    private sealed class NeverStops : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
