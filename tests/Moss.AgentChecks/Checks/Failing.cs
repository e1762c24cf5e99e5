using Moss.CodingAgents;
using Moss.CodingAgents.Roles;
using Moss.Testing;
using Moss.Testing.Models.Scripts;

namespace Moss.AgentChecks.Checks;

/// <summary>What comes of an agent whose model, or which itself, does not do its part.</summary>
internal static class Failing
{
    public static async Task RefusedAsync(CheckRoom room, int status)
    {
        room.Script(new ModelTurn.Refuse(status, status == 429 ? 7 : null));

        var unavailable = (await room.RunAsync(RoleCatalog.ReviewCode)).Unavailable();

        unavailable.Reason.ShouldContain(status == 401 ? "key" : status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        unavailable.RetryAfter.ShouldBe(status == 429 ? TimeSpan.FromSeconds(7) : null);
    }

    public static async Task HangAsync(CheckRoom room)
    {
        room.Script(new ModelTurn.Hang());

        (await room.RunAsync(RoleCatalog.ReviewCode)).Unavailable().Reason.ShouldContain("model");
    }

    public static Task MalformedStreamAsync(CheckRoom room) => BrokenAsync(room, new ModelTurn.Garble());

    public static Task EndlessOutputAsync(CheckRoom room) => BrokenAsync(room, new ModelTurn.Flood());

    public static async Task EndlessLoopAsync(CheckRoom room)
    {
        room.Script(ModelScript.Loop);
        room.Bench.DollarsLeft = room.Subject.Fortune;
        room.Bench.Timeout = room.Subject.LoopTimeout;

        var outcome = await room.RunAsync(RoleCatalog.Implement);

        outcome.Unsuccessful();
        outcome.Use.Exhausted.ShouldBeTrue("it ended before the money did");
        outcome.Use.Cost.Dollars.ShouldBeLessThanOrEqualTo(room.Subject.Fortune);
    }

    public static async Task ForksAndIgnoresTermAsync(CheckRoom room)
    {
        var mark = $"moss-{Guid.NewGuid():N}";
        room.Script(new ModelTurn.Run($"trap '' TERM INT HUP; setsid sh -c 'trap \"\" TERM INT HUP; tail -f /dev/null' {mark} & touch started; tail -f /dev/null"), CheckRoom.Done);
        using var stop = new CancellationTokenSource();
        var run = room.Bench.Session().RunAsync(room.Subject.Agent, RoleCatalog.Implement, room.Bench.Task(Role.Implement), null, stop.Token);

        await Eventually.HoldsAsync(() => File.Exists(Path.Combine(room.Bench.WorkTree, "started")) || run.IsCompleted);
        RunningMarks.Has(mark).ShouldBeTrue("the command was not run");
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(run);
        await Eventually.HoldsAsync(() => !RunningMarks.Has(mark), "all that it started is gone");
    }

    private static async Task BrokenAsync(CheckRoom room, ModelTurn turn)
    {
        room.Script(turn);
        room.Bench.Timeout = room.Subject.BrokenTimeout;

        (await room.RunAsync(RoleCatalog.ReviewCode)).Unsuccessful().ShouldNotBeNullOrWhiteSpace();
    }
}
