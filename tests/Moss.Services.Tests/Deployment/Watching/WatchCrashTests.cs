using Moss.Domain.Watching;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>Moss is killed before and after every append and every effect of a look; the next one ends what it began.</summary>
public sealed class WatchCrashTests
{
    [Fact]
    public async Task Killed_anywhere_in_a_rollback_the_next_start_ends_it()
    {
        var points = await PointsAsync();
        points.ShouldBeGreaterThan(20);
        for (var point = 1; point <= points; point++)
        {
            await using var watched = await BadAsync();
            await KillAsync(watched, point);

            await using var next = watched.World.Moss();
            await next.Recovery.RecoverAsync(first: true, default);
            await watched.LookAsync(next, failed: 0, outcomes: 0);
            await watched.LookAsync(next, failed: 9, outcomes: 9);

            await watched.ShouldBeRolledBackAsync($"killed at {point}");
        }
    }

    [Fact]
    public async Task Once_decided_the_next_start_ends_it_without_a_look()
    {
        for (var point = 1; point <= await PointsAsync(); point++)
        {
            await using var watched = await BadAsync();
            await KillAsync(watched, point);
            if ((await watched.StateAsync()).Rollback is not null)
            {
                await using var next = watched.World.Moss();
                await next.Recovery.RecoverAsync(first: true, default);

                await watched.ShouldBeRolledBackAsync($"killed at {point}");
            }
        }
    }

    [Fact]
    public async Task Killed_again_and_again_in_its_recovery_it_still_ends()
    {
        for (var distance = 1; distance <= 7; distance++)
        {
            await using var watched = await BadAsync();
            for (var life = 0; life < 6; life++)
            {
                await KillAsync(watched, distance + life);
            }

            await using var next = watched.World.Moss();
            await next.Recovery.RecoverAsync(first: true, default);
            await watched.LookAsync(next, failed: 0, outcomes: 0);
            await watched.LookAsync(next, failed: 9, outcomes: 9);

            await watched.ShouldBeRolledBackAsync($"killed every {distance} points");
        }
    }

    [Fact]
    public async Task Killed_between_a_good_end_and_the_next_look_the_end_is_told_once()
    {
        await using var watched = await Watched.BeginAsync();
        await using (var moss = watched.World.Moss(KillSwitch.After<WatchEnded>()))
        {
            await Should.ThrowAsync<KilledException>(watched.ToEndAsync(moss));
        }

        await using var next = watched.World.Moss();
        await watched.LookAsync(next);

        (await watched.OnlyAsync<WatchEnded>()).Outcome.ShouldBe(WatchOutcome.Passed);
        (await watched.StateAsync()).LastKnownGood!.Commit.ShouldBe(watched.Command.Commit);
    }

    [Fact]
    public async Task Killed_right_after_the_commit_the_next_start_begins_the_watch()
    {
        await using var watched = await Watched.BeginAsync();
        await using (var moss = watched.World.Moss(new KillSwitch(1)))
        {
            await Should.ThrowAsync<KilledException>(watched.LookAsync(moss));
        }

        await using var next = watched.World.Moss();
        await watched.LookAsync(next);

        (await watched.OnlyAsync<WatchStarted>()).Before.Commit.ShouldBe(watched.World.Base.Value);
    }

    // Read once, so that the next look counts nine failures.
    private static async Task<Watched> BadAsync()
    {
        var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);
        return watched;
    }

    private static async Task KillAsync(Watched watched, int point)
    {
        await using var moss = watched.World.Moss(new KillSwitch(point));
        try
        {
            await moss.Recovery.RecoverAsync(first: true, default);
            await watched.LookAsync(moss, failed: 9, outcomes: 9);
        }
        catch (KilledException)
        {
            // As was meant.
        }
    }

    private static async Task<int> PointsAsync()
    {
        await using var watched = await BadAsync();
        var count = KillSwitch.Never;
        await using var moss = watched.World.Moss(count);
        await watched.LookAsync(moss, failed: 9, outcomes: 9);
        return count.Points;
    }
}
