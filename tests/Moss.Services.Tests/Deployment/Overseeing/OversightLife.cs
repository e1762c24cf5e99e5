using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.Contracts.Deployment;
using Moss.Deployment;
using Moss.Deployment.Instances;
using Moss.Deployment.Overseeing;
using Moss.Deployment.Promoting;
using Moss.Deployment.Starting;
using Moss.Deployment.Api;
using Moss.EventStore;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Services.Tests.Deployment.Overseeing;

/// <summary>One life of the service over a <see cref="OversightBench"/>.</summary>
internal sealed class OversightLife : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public OversightLife(OversightBench bench, KillSwitch kill)
    {
        var collection = new ServiceCollection();
        Compose(collection, bench, kill);
        collection.AddSingleton<IHostApplicationLifetime>(new FakeLifetime());
        services = collection.BuildServiceProvider();
    }

    public InstanceKeeper Keeper => services.GetRequiredService<InstanceKeeper>();

    public DeploymentRecovery Recovery => services.GetRequiredService<DeploymentRecovery>();

    public static void Compose(IServiceCollection collection, OversightBench bench, KillSwitch kill)
    {
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        collection.AddSingleton<TimeProvider>(bench.Clock);
        collection.AddSingleton<ISubstrateDirectory>(bench);
        collection.AddSingleton<IWorkspaceReader>(bench.Workspaces);
        collection.AddSingleton<IWorkspaceWriter>(bench.Workspaces);
        collection.AddSingleton(bench.Workspaces.History);
        collection.AddSingleton<IStableBranch>(new KillableStable(bench.Workspaces.Stable, kill));
        collection.AddDeployment(options => (options.Folder, options.SigningKey) = (bench.Folder, bench.SigningKey));
        collection.AddSingleton<IEventAppender>(new KillableStore(bench.Store, kill));
        collection.AddSingleton<IEventReader>(bench.Store);
        collection.AddSingleton<IInstanceHost>(new KillableHost(bench.Machine, kill));
    }

    public Task<object> PromoteAsync(PromoteCandidate command) => services.GetRequiredService<Promotions>().PromoteAsync(command, default);

    public Task<OversightView> ReviewAsync() => services.GetRequiredService<OversightReader>().ReadAsync(OversightBench.Substrate, default);

    public Task<OversightOutcome> SignAsync(string head, string by = "ada") =>
        services.GetRequiredService<OversightDesk>().SignAsync(new(OversightBench.Substrate, head, by), default);

    public Task<OversightOutcome> RefuseAsync(string head, string by = "ada", string why = "it greets strangers") =>
        services.GetRequiredService<OversightDesk>().RefuseAsync(new(OversightBench.Substrate, head, by), why, default);

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

/// <summary>A stable branch whose user may be killed; the repository lives on.</summary>
internal sealed class KillableStable(IStableBranch stable, KillSwitch kill) : IStableBranch
{
    public async Task<SignedMerge> MergeAsync(MergeOrder order, SigningKeyFile key, CancellationToken cancellationToken)
    {
        kill.Pass();
        var merge = await stable.MergeAsync(order, key, cancellationToken);
        kill.Pass();
        return merge;
    }

    public async Task<BranchMove> MoveAsync(string repository, string branch, CommitHash from, CommitHash to, CancellationToken cancellationToken)
    {
        kill.Pass();
        var move = await stable.MoveAsync(repository, branch, from, to, cancellationToken);
        kill.Pass();
        return move;
    }

    public Task<BranchGuard> GuardAsync(string repository, string branch, string publicKey, CancellationToken cancellationToken) =>
        stable.GuardAsync(repository, branch, publicKey, cancellationToken);

    public Task<string> PublicKeyAsync(SigningKeyFile key, CancellationToken cancellationToken) => stable.PublicKeyAsync(key, cancellationToken);
}
