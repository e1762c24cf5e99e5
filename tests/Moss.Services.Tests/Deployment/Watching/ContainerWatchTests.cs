using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>The watch of a version that runs in a container.</summary>
public sealed class ContainerWatchTests
{
    [Fact]
    public async Task A_container_that_ends_is_rolled_back_by_its_watch_and_started_again_by_nobody()
    {
        await using var world = await BegunAsync();
        await using var moss = world.Moss();
        await LookAsync(world, moss);
        world.Containers!.Table.Restart();

        await moss.Recovery.RecoverAsync(first: false, default);
        world.Containers.Table.Running.ShouldBeEmpty();
        await LookAsync(world, moss);

        await RolledBackAsync(world);
    }

    [Fact]
    public async Task What_ended_with_the_engine_is_started_again_and_watched_on()
    {
        await using var world = await BegunAsync();
        await using var moss = world.Moss();
        await LookAsync(world, moss);
        world.Containers!.Table.Answers = false;
        await LookAsync(world, moss);
        world.Containers.Table.Restart();
        world.Containers.Table.Answers = true;

        await LookAsync(world, moss);

        world.Containers.Table.Running.ShouldBe(["better"]);
        var watch = (await world.DeploymentAsync()).Watch!;
        (watch.Open, watch.Repairs).ShouldBe((true, 1));
    }

    [Fact]
    public async Task Killed_anywhere_in_a_rollback_the_next_start_ends_it_with_one_container()
    {
        for (var point = 1; point <= await PointsAsync(); point++)
        {
            await using var world = await BegunAsync();
            await using (var killed = world.Moss(new KillSwitch(point)))
            {
                await Should.ThrowAsync<KilledException>(killed.Rollbacks.RollBackAsync(World.Substrate, "ada", "no", default));
            }

            var decided = (await world.DeploymentAsync()).Rollback is not null;
            await using var next = world.Moss();
            await next.Recovery.RecoverAsync(first: true, default);

            world.Containers!.Table.Running.ShouldBe([decided ? "healthy" : "better"], $"killed at {point}");
            world.Containers.Table.HadTwoWriters.ShouldBeFalse($"killed at {point}");
            ((await world.DeploymentAsync()).Rollback is not { Done: false }).ShouldBeTrue($"killed at {point}");
        }
    }

    private static async Task<World> BegunAsync()
    {
        var world = World.FakeContainers();
        Watched.Declare(world, new WatchDeclaration());
        await world.ServingAsync();
        await using var moss = world.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await world.ImageCommandAsync(world.Version("better")));
        await LookAsync(world, moss);
        return world;
    }

    private static async Task LookAsync(World world, Life moss)
    {
        ((HurryingClock)world.Clock).Pass(Watched.Interval);
        await moss.Watches.LookAsync(World.Substrate, default);
    }

    private static async Task RolledBackAsync(World world)
    {
        world.Containers!.Table.Running.ShouldBe(["healthy"]);
        world.Containers.Table.HadTwoWriters.ShouldBeFalse();
        var state = await world.DeploymentAsync();
        (state.Cause, state.Rollback!.Done, state.Watch!.Outcome).ShouldBe((ServingCause.Rollback, true, WatchOutcome.RolledBack));
    }

    private static async Task<int> PointsAsync()
    {
        await using var world = await BegunAsync();
        var count = KillSwitch.Never;
        await using var moss = world.Moss(count);
        await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "no", default);
        return count.Points;
    }
}
