using System.Collections.Immutable;
using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.EventStore;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>A world in which the version <c>better</c> was promoted and is to be watched for ten minutes.</summary>
internal sealed class Watched : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private Watched(World world, PromoteCandidate command) => (World, Command) = (world, command);

    public World World { get; }

    public PromoteCandidate Command { get; }

    public HurryingClock Clock => (HurryingClock)World.Clock;

    public FakeMetrics Metrics => World.Metrics;

    public FakeMachine Machine => World.Machine!;

    public static async Task<Watched> BeginAsync(WatchDeclaration? watch = null)
    {
        var world = World.Fake();
        Declare(world, watch ?? new WatchDeclaration
        {
            For = TimeSpan.FromMinutes(10),
            Interval = Interval,
            MinimumSamples = 20,
            Metrics = [new WatchedMetric("tasks", "http://127.0.0.1:9090", "failed", "all")],
        });
        await world.ServingAsync();
        var watched = new Watched(world, world.Command(world.Version("better")));
        await using var moss = world.Moss();
        await moss.PromoteAsync<CandidatePromoted>(watched.Command);
        return watched;
    }

    public static void Declare(World world, WatchDeclaration? watch) => world.Repository.Declaration = world.Repository.Declaration with
    {
        Deploy = world.Repository.Declaration.Deploy! with { Watch = watch },
    };

    /// <summary>Some outcomes happen, time passes, and it is looked.</summary>
    public async Task LookAsync(Life moss, int failed = 0, int outcomes = 0)
    {
        Metrics.Happen(failed, outcomes);
        Clock.Pass(Interval);
        await moss.Watches.LookAsync(World.Substrate, default);
    }

    /// <summary>The watch begins and has read the counters once.</summary>
    public async Task BegunAsync(Life moss)
    {
        await LookAsync(moss);
        await LookAsync(moss);
    }

    /// <summary>Good outcomes until both windows are over or the watch is.</summary>
    public async Task ToEndAsync(Life moss, int failed = 0, int outcomes = 10)
    {
        for (var look = 0; look < 50 && await StateAsync() is { Watch.Open: true } or { Watch: null }; look++)
        {
            await LookAsync(moss, failed, outcomes);
        }
    }

    public Task<DeploymentState> StateAsync() => World.DeploymentAsync();

    public async Task<ImmutableArray<DeploymentEvent>> EventsAsync()
    {
        var events = ImmutableArray.CreateBuilder<DeploymentEvent>();
        await foreach (var stored in World.Store.ReadStreamAsync(new StreamId("deployment-" + World.Substrate), 0, default))
        {
            events.Add((DeploymentEvent)stored.Data);
        }

        return events.ToImmutable();
    }

    public async Task<T> OnlyAsync<T>() where T : DeploymentEvent => (await EventsAsync()).OfType<T>().ShouldHaveSingleItem();

    /// <summary>The version before serves, alone, and the branch has its content.</summary>
    public async Task ShouldBeRolledBackAsync(string because = "")
    {
        Machine.Running.ShouldBe([World.Base.Value], because);
        Machine.HadTwoWriters.ShouldBeFalse(because);
        var branch = World.Repository.Branches["moss/evolved"];
        World.Repository.TreeOf(new(branch)).ShouldBe(World.Repository.TreeOf(World.Base), because);
        branch.ShouldNotBe(World.Base.Value, because);
        var state = await StateAsync();
        (state.Promotion, state.Cause, state.Rollback!.Done).ShouldBe((null, ServingCause.Rollback, true), because);
        (await OnlyAsync<ProductionRolledBack>()).Commit.ShouldBe(Command.Commit, because);
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
