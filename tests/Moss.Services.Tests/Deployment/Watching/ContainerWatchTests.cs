using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.Services.Tests.Deployment.Containers;
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
        Engine(world).Crash(3);

        await moss.Recovery.RecoverAsync(first: false, default);
        Engine(world).Running.ShouldBeEmpty();
        await LookAsync(world, moss);

        await RolledBackAsync(world, "its container ended with exit code 3; it printed last: starting better");
    }

    [Fact]
    public async Task A_container_that_runs_out_of_memory_is_rolled_back()
    {
        await using var world = await BegunAsync();
        await using var moss = world.Moss();
        Engine(world).Crash(137, outOfMemory: true);

        await LookAsync(world, moss);

        await RolledBackAsync(world, "its container ran out of memory with exit code 137: the kernel killed a process in it; it printed last: starting better");
    }

    [Theory]
    [InlineData(1, "once")]
    [InlineData(3, "3 times")]
    public async Task A_container_that_the_engine_starts_again_because_it_ended_is_rolled_back(int restarts, string times)
    {
        await using var world = await BegunAsync();
        await using var moss = world.Moss();
        await LookAsync(world, moss);
        Engine(world).Crash(1);
        Engine(world).StartAgain(restarts);

        await LookAsync(world, moss);

        await RolledBackAsync(world, $"its container ended with exit code 1 and the engine started it again, {times}; it printed last: starting better");
    }

    [Fact]
    public async Task One_that_ended_while_no_Moss_looked_is_rolled_back_when_the_engine_saw_it_end()
    {
        await using var world = await BegunAsync();
        Engine(world).Crash(3);

        await using var next = world.Moss();
        await LookAsync(world, next);

        await RolledBackAsync(world, "its container ended with exit code 3; it printed last: starting better");
    }

    [Fact]
    public async Task What_ended_with_the_engine_is_started_again_and_watched_on()
    {
        await using var world = await BegunAsync();
        await using var moss = world.Moss();
        await LookAsync(world, moss);
        Engine(world).Answers = false;
        await LookAsync(world, moss);
        Engine(world).Restart();
        Engine(world).Answers = true;

        await LookAsync(world, moss);

        await WatchedOnAsync(world, repairs: 1);
    }

    [Fact]
    public async Task An_engine_that_restarts_between_two_looks_does_not_count_against_the_version_however_often()
    {
        await using var world = await BegunAsync();
        await using var moss = world.Moss();
        for (var restart = 1; restart <= 3; restart++)
        {
            await LookAsync(world, moss);
            Engine(world).Restart();
            await LookAsync(world, moss);

            await WatchedOnAsync(world, restart);
        }
    }

    [Fact]
    public async Task What_an_engine_that_restarted_has_started_again_by_itself_is_watched_on()
    {
        await using var world = await BegunAsync();
        await using var moss = world.Moss();
        await LookAsync(world, moss);
        Engine(world).Restart();
        Engine(world).StartAgain(restarts: 0);

        await LookAsync(world, moss);

        await WatchedOnAsync(world, repairs: 0);
    }

    [Fact]
    public async Task Of_whose_end_the_engine_remembers_nothing_is_started_again_once()
    {
        await using var world = await BegunAsync();
        await using var moss = world.Moss();
        Engine(world).Forgot = true;
        Engine(world).Crash(3);
        await LookAsync(world, moss);
        await WatchedOnAsync(world, repairs: 1);

        Engine(world).Crash(3);
        await LookAsync(world, moss);

        await RolledBackAsync(world, "its container was started again by the watch, and stopped with exit code 3; it printed last: starting better");
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

    private static FakeEngine Engine(World world) => world.Containers!.Table;

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

    private static async Task RolledBackAsync(World world, string reason)
    {
        Engine(world).Running.ShouldBe(["healthy"]);
        Engine(world).HadTwoWriters.ShouldBeFalse();
        var state = await world.DeploymentAsync();
        (state.Cause, state.Rollback!.Done, state.Watch!.Outcome).ShouldBe((ServingCause.Rollback, true, WatchOutcome.RolledBack));
        state.Rollback.Decided.Reason.ShouldBe(reason);
    }

    private static async Task WatchedOnAsync(World world, int repairs)
    {
        Engine(world).Running.ShouldBe(["better"]);
        var watch = (await world.DeploymentAsync()).Watch!;
        (watch.Open, watch.Repairs).ShouldBe((true, repairs));
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
