using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>
/// Moss is killed before and after every append and every change at the engine; the next one ends with exactly one container, the
/// right one, and nothing left beside it.
/// </summary>
public sealed class ContainerCrashTests
{
    [Theory]
    [InlineData("better", true)]
    [InlineData("sick", false)]
    [InlineData("boot", false)]
    public async Task Killed_anywhere_in_a_promotion_the_repeated_command_ends_it(string behaviour, bool promoted)
    {
        var points = await PointsAsync(behaviour);
        points.ShouldBeGreaterThan(30);
        for (var point = 1; point <= points; point++)
        {
            await using var world = await World.FakeContainers().ServingAsync();
            var command = await world.ImageCommandAsync(world.Version(behaviour));
            await KillAsync(world, command, point);

            await using var next = world.Moss();
            var answer = await next.PromoteAsync(command);

            (answer is CandidatePromoted).ShouldBe(promoted, $"killed at {point}: {answer}");
            await next.Recovery.RecoverAsync(first: false, default);
            Check(world, promoted ? behaviour : "healthy", point);
        }
    }

    [Theory]
    [InlineData("better")]
    [InlineData("sick")]
    public async Task Killed_anywhere_in_a_promotion_the_next_start_alone_ends_what_was_planned(string behaviour)
    {
        var points = await PointsAsync(behaviour);
        for (var point = 1; point <= points; point++)
        {
            await using var world = await World.FakeContainers().ServingAsync();
            var command = await world.ImageCommandAsync(world.Version(behaviour));
            await KillAsync(world, command, point);
            var planned = (await world.JournalAsync(command)).Any(happened => happened is PromotionPlanned);

            await using var next = world.Moss();
            await next.Recovery.RecoverAsync(first: true, default);

            Check(world, planned && behaviour == "better" ? behaviour : "healthy", point);
        }
    }

    [Fact]
    public async Task Killed_anywhere_in_a_start_the_next_start_of_Moss_ends_it()
    {
        for (var point = 1; point <= 12; point++)
        {
            await using var world = World.FakeContainers();
            await using (var moss = world.Moss(new KillSwitch(point)))
            {
                try
                {
                    await moss.Keeper.StartAsync(World.Substrate, null, default);
                }
                catch (KilledException)
                {
                    // As was meant.
                }
            }

            var begun = (await world.DeploymentAsync()).Phase != DeploymentPhase.Stopped;
            await using var next = world.Moss();
            await next.Recovery.RecoverAsync(first: true, default);

            world.Containers!.Table.Running.ShouldBe(begun ? ["healthy"] : [], $"killed at {point}");
            world.Containers.Table.HadTwoWriters.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Killed_anywhere_in_a_stop_the_next_start_of_Moss_ends_it_and_the_state_stays()
    {
        for (var point = 1; point <= 6; point++)
        {
            await using var world = await World.FakeContainers().ServingAsync();
            await using (var moss = world.Moss(new KillSwitch(point)))
            {
                try
                {
                    await moss.Keeper.StopAsync(World.Substrate, default);
                }
                catch (KilledException)
                {
                    // As was meant.
                }
            }

            var begun = (await world.DeploymentAsync()).Phase != DeploymentPhase.Serving;
            await using var next = world.Moss();
            await next.Recovery.RecoverAsync(first: true, default);

            world.Containers!.Table.Running.ShouldBe(begun ? [] : ["healthy"], $"killed at {point}");
            world.Containers.Table.Volumes.ShouldBe(["moss-desk-state"]);
        }
    }

    private static void Check(World world, string image, int point)
    {
        var engine = world.Containers!.Table;
        engine.Running.ShouldBe([image], $"killed at {point}");
        engine.Names.Count.ShouldBe(1, $"killed at {point}");
        engine.HadTwoWriters.ShouldBeFalse($"killed at {point}");
        engine.Volumes.ShouldBe(["moss-desk-state"]);
    }

    private static async Task KillAsync(World world, PromoteCandidate command, int point)
    {
        await using var moss = world.Moss(new KillSwitch(point));
        try
        {
            await moss.PromoteAsync(command);
        }
        catch (KilledException)
        {
            // As was meant.
        }
    }

    private static async Task<int> PointsAsync(string behaviour)
    {
        await using var world = await World.FakeContainers().ServingAsync();
        var count = KillSwitch.Never;
        await using var moss = world.Moss(count);
        await moss.PromoteAsync(await world.ImageCommandAsync(world.Version(behaviour)));
        return count.Points;
    }
}
