using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;

namespace Moss.Services.Tests.Deployment;

/// <summary>Moss is killed before and after every append and every effect; the next one ends with exactly one healthy instance.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData("better", true)]
    [InlineData("sick", false)]
    [InlineData("boot", false)]
    public async Task Killed_anywhere_in_a_promotion_the_repeated_command_ends_it(string behaviour, bool promoted)
    {
        var points = await PointsAsync(behaviour);
        points.ShouldBeGreaterThan(20);
        for (var point = 1; point <= points; point++)
        {
            await using var world = await World.Fake().ServingAsync();
            var command = world.Command(world.Version(behaviour));
            await KillAsync(world, command, point);

            await using var next = world.Moss();
            var answer = await next.PromoteAsync(command);

            Check(world, command, promoted, point);
            (answer is CandidatePromoted).ShouldBe(promoted, $"killed at {point}: {answer}");
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
            await using var world = await World.Fake().ServingAsync();
            var command = world.Command(world.Version(behaviour));
            await KillAsync(world, command, point);
            var planned = (await world.JournalAsync(command)).Any(happened => happened is PromotionPlanned);

            await using var next = world.Moss();
            await next.Recovery.RecoverAsync(first: true, default);

            Check(world, command, planned && behaviour == "better", point);
            (await world.DeploymentAsync()).Promotion.ShouldBeNull($"killed at {point}");
        }
    }

    [Theory]
    [InlineData("better", true)]
    [InlineData("sick", false)]
    public async Task Killed_again_and_again_in_its_recovery_it_still_ends(string behaviour, bool promoted)
    {
        for (var distance = 1; distance <= 7; distance++)
        {
            await using var world = await World.Fake().ServingAsync();
            var command = world.Command(world.Version(behaviour));
            for (var life = 0; life < 5; life++)
            {
                await KillAsync(world, command, distance + (2 * life));
            }

            await using var next = world.Moss();
            await next.PromoteAsync(command);

            Check(world, command, promoted, distance);
        }
    }

    [Fact]
    public async Task Killed_anywhere_in_a_start_the_next_start_of_Moss_ends_it()
    {
        for (var point = 1; point <= 6; point++)
        {
            await using var world = World.Fake();
            await using (var moss = world.Moss(new KillSwitch(point)))
            {
                await Should.ThrowAsync<KilledException>(moss.Keeper.StartAsync(World.Substrate, null, default));
            }

            var begun = (await world.DeploymentAsync()).Phase != DeploymentPhase.Stopped;
            await using var next = world.Moss();
            await next.Recovery.RecoverAsync(first: true, default);

            world.Machine!.Running.ShouldBe(begun ? [world.Base.Value] : [], $"killed at {point}");
            world.Machine.HadTwoWriters.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task An_instance_that_ended_with_the_machine_is_started_again()
    {
        await using var world = await World.Fake().ServingAsync();
        world.Machine!.KillAll();
        await using var moss = world.Moss();

        await moss.Recovery.RecoverAsync(first: true, default);

        world.Machine.Running.ShouldBe([world.Base.Value]);
        (await world.DeploymentAsync()).Cause.ShouldBe(ServingCause.Repair);
    }

    [Fact]
    public async Task The_machine_may_go_down_in_the_middle_and_the_candidate_is_not_blamed_for_it()
    {
        await using var world = await World.Fake().ServingAsync();
        var command = world.Command(world.Version("better"));
        await KillAsync(world, command, await PointOfAsync<Started>());
        world.Machine!.KillAll();

        await using var next = world.Moss();
        await next.PromoteAsync<CandidatePromoted>(command);

        world.Machine.Running.ShouldBe([command.Commit]);
        world.Machine.HadTwoWriters.ShouldBeFalse();
    }

    [Theory]
    [InlineData("better")]
    [InlineData("sick")]
    public async Task Real_processes_survive_a_kill_between_stop_and_start(string behaviour)
    {
        // Around the stop of the old and the start of the new version: where two writers or none could come to be.
        for (var point = 9; point <= 20; point += behaviour == "better" ? 2 : 5)
        {
            await using var world = await World.Real().ServingAsync();
            var deploy = world.Repository.Declaration.Deploy!;
            world.Repository.Declaration = world.Repository.Declaration with { Deploy = deploy with { Window = TimeSpan.FromSeconds(behaviour == "sick" ? 3 : 20) } };
            var command = world.Command(world.Version(behaviour));
            await KillAsync(world, command, point);

            await using var next = world.Moss();
            await next.Recovery.RecoverAsync(first: true, default);

            (await world.AskAsync()).ShouldBe(behaviour == "better" ? "better" : "healthy", $"killed at {point}");
            File.Exists(Path.Combine(world.State, "two-writers")).ShouldBeFalse($"killed at {point}");
            Processes.ProcessTable.StartedWith("MOSS_STATE", world.State).Count.ShouldBe(1, $"killed at {point}");
        }
    }

    private static void Check(World world, PromoteCandidate command, bool promoted, int point)
    {
        world.Machine!.Running.ShouldBe([promoted ? command.Commit : world.Base.Value], $"killed at {point}");
        world.Machine.HadTwoWriters.ShouldBeFalse($"killed at {point}");
        world.Repository.Branches.GetValueOrDefault("moss/evolved").ShouldBe(promoted ? command.Commit : null, $"killed at {point}");
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
        await using var world = await World.Fake().ServingAsync();
        var count = KillSwitch.Never;
        await using var moss = world.Moss(count);
        await moss.PromoteAsync(world.Command(world.Version(behaviour)));
        return count.Points;
    }

    // The first point after which such an event is in the journal.
    private static async Task<int> PointOfAsync<T>() where T : PromotionEvent
    {
        for (var point = 1; ; point++)
        {
            await using var world = await World.Fake().ServingAsync();
            var command = world.Command(world.Version("better"));
            await KillAsync(world, command, point);
            if ((await world.JournalAsync(command)).Any(happened => happened is T))
            {
                return point;
            }
        }
    }
}
