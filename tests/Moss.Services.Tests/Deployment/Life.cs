using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.Contracts.Deployment;
using Moss.Deployment;
using Moss.Deployment.Api;
using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Instances.Swapping;
using Moss.Deployment.Promoting;
using Moss.Deployment.Starting;
using Moss.Deployment.Watching;
using Moss.EventStore;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Services.Tests.Deployment.Swapping;
using Moss.Substrates;
using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Services.Tests.Deployment;

/// <summary>One life of the service: from the start of Moss until it ends or is killed.</summary>
internal sealed class Life : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public Life(World world, KillSwitch kill, TimeSpan keepReplaced)
    {
        var collection = new ServiceCollection();
        Compose(collection, world);
        collection.AddSingleton<IEventAppender>(new KillableStore(world.Store, kill, world.Around));
        collection.AddSingleton<IEventReader>(new SurroundedReader(world.Store, world.Around));
        collection.AddSingleton<IHostApplicationLifetime>(Lifetime);
        if (world.Containers is { } containers)
        {
            collection.AddSingleton<IInstanceEngine>(new KillableEngine(containers.Engine, kill));
            collection.AddSingleton<IVersionImages>(containers);
            collection.AddSingleton<ISwapEngine>(containers.Swaps is { } swaps ? new KillableSwapEngine(swaps, kill, world.Around) : new NoSwapEngine());
            collection.Configure<DeploymentOptions>(options => (options.Engine, options.Network, options.KeepReplaced) = ("docker", containers.Network, keepReplaced));
        }
        else if (world.Machine is { } machine)
        {
            collection.AddSingleton<IInstanceHost>(new KillableHost(machine, kill));
        }
        else
        {
            collection.AddSingleton<ProcessInstanceHost>();
            collection.AddSingleton<IInstanceHost>(provider => new KillableHost(provider.GetRequiredService<ProcessInstanceHost>(), kill));
        }

        services = collection.BuildServiceProvider();
    }

    public FakeLifetime Lifetime { get; } = new();

    public InstanceKeeper Keeper => services.GetRequiredService<InstanceKeeper>();

    public DeploymentReader Reader => services.GetRequiredService<DeploymentReader>();

    public OutlookReader Outlook => services.GetRequiredService<OutlookReader>();

    public DeploymentRecovery Recovery => services.GetRequiredService<DeploymentRecovery>();

    /// <summary>What the host would start.</summary>
    public IReadOnlyList<IHostedService> HostedServices => [.. services.GetServices<IHostedService>()];

    public Watches Watches => services.GetRequiredService<Watches>();

    /// <summary>Looks by itself while it runs.</summary>
    public WatchWorker Worker => ActivatorUtilities.CreateInstance<WatchWorker>(services);

    public RollbackDesk Rollbacks => services.GetRequiredService<RollbackDesk>();

    /// <summary>Subscribes to nothing: tests hand it its events.</summary>
    public RecurrenceHandler Recurrences => ActivatorUtilities.CreateInstance<RecurrenceHandler>(services);

    public SubstrateLocks Locks => services.GetRequiredService<SubstrateLocks>();

    /// <summary>What every life, and the web tests, register.</summary>
    public static void Compose(IServiceCollection collection, World world)
    {
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        collection.AddSingleton<ISubstrateDirectory>(world.Repository);
        collection.AddSingleton<IWorkspaceReader>(world.Repository);
        collection.AddSingleton<IWorkspaceWriter>(world.Repository);
        collection.AddSingleton<IDeclarations>(world.Repository);

        // Nobody looks anything over here: these are never asked.
        collection.AddWorkspaceReader(new WorkspaceSettings(world.Folder));
        collection.AddStableBranch();
        collection.AddSingleton(world.Clock);
        collection.AddSingleton(world.MetricSource ?? world.Metrics);
        collection.AddDeployment(options => options.Folder = world.Folder);
    }

    public Task<object> PromoteAsync(PromoteCandidate command, CancellationToken cancellationToken = default) =>
        services.GetRequiredService<Promotions>().PromoteAsync(command, cancellationToken);

    public async Task<T> PromoteAsync<T>(PromoteCandidate command)
    {
        var answer = await PromoteAsync(command);
        return answer.ShouldBeOfType<T>(answer.ToString());
    }

    /// <summary>The same as the bus does it: again, until nothing breaks any more.</summary>
    public async Task<object> PromoteInTheEndAsync(PromoteCandidate command)
    {
        object? answer = null;
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                answer = await PromoteAsync(command);
                return true;
            }
            catch (IOException)
            {
                // The store or the engine was away.
                return false;
            }
        });
        return answer!;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

internal sealed class FakeLifetime : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => stopping.Cancel();

    public void Dispose() => stopping.Dispose();
}
