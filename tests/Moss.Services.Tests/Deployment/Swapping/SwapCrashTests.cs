using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>
/// Moss is killed before and after every append and every change at the engine of a swap; the next one ends with one container in the
/// place, armed as it was, and its state as it was.
/// </summary>
[Collection(DockerCollection.Name)]
public sealed class SwapCrashTests(DockerUnderTest docker)
{
    private static readonly SwapTarget Copied = new() { Snapshot = ["/state"] };

    [Theory]
    [InlineData("better", true)]
    [InlineData("boot", false)]
    [Trait("Duration", "long")]
    public async Task Killed_anywhere_the_next_start_of_Moss_ends_it(string behaviour, bool promoted)
    {
        var points = await PointsAsync(behaviour);
        points.ShouldBeGreaterThan(40);
        for (var point = 1; point <= points; point++)
        {
            await EndsAsync(behaviour, point, promoted);
        }
    }

    [Theory]
    [InlineData(typeof(CandidateMade))]
    [InlineData(typeof(PreviousStopRequested))]
    [InlineData(typeof(PreviousStopped))]
    [InlineData(typeof(StartRequested))]
    [InlineData(typeof(Started))]
    [InlineData(typeof(CandidateAccepted))]
    public async Task Killed_after_a_step_the_next_start_of_Moss_ends_it(Type step)
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        await KillAsync(subject, command, KillSwitch.After(step));

        await using var next = subject.World.Moss();
        await next.Recovery.RecoverAsync(first: true, default);

        await subject.AssertOneAsync("better", step.Name);
        await subject.AssertArmedAsync(step.Name);
    }

    private async Task EndsAsync(string behaviour, int point, bool promoted)
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Copied);
        var command = await subject.World.ImageCommandAsync(subject.World.Version(behaviour));
        await KillAsync(subject, command, new KillSwitch(point));
        var planned = (await subject.World.JournalAsync(command)).Any(happened => happened is PromotionPlanned);

        await using var next = subject.World.Moss();
        await next.Recovery.RecoverAsync(first: true, default);
        var journal = await subject.World.JournalAsync(command);
        await next.Recovery.RecoverAsync(first: true, default);

        var note = $"killed at {point}: {string.Join(", ", journal.OfType<RollbackDecided>())}";
        await subject.AssertOneAsync(planned && promoted ? behaviour : "healthy", note);
        await subject.AssertArmedAsync(note);
        (await subject.World.JournalAsync(command)).Count.ShouldBe(journal.Count, $"{note}: a second look does nothing");
        if (!promoted)
        {
            (await subject.StartsAsync()).ShouldAllBe(start => start == "healthy", $"{note}: what the failed one wrote is undone");
        }
    }

    private static async Task KillAsync(SwapSubject subject, PromoteCandidate command, KillSwitch kill)
    {
        await using var moss = subject.World.Moss(kill);
        try
        {
            await moss.PromoteAsync(command);
        }
        catch (KilledException)
        {
            // As was meant.
        }
    }

    private async Task<int> PointsAsync(string behaviour)
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Copied);
        var count = KillSwitch.Never;
        await using var moss = subject.World.Moss(count);
        await moss.PromoteAsync(await subject.World.ImageCommandAsync(subject.World.Version(behaviour)));
        return count.Points;
    }
}
