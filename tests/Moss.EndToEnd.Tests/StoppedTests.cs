using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;

namespace Moss.EndToEnd.Tests;

/// <summary>What a person stops goes on later from what is stored.</summary>
public sealed class StoppedTests : IAsyncLifetime
{
    private readonly MossBench bench = new();

    public Task InitializeAsync() => bench.InitializeAsync();

    public Task DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task A_stopped_evolution_goes_on_after_a_restart_of_Moss_and_asks_no_agent_again_for_what_is_stored()
    {
        var held = new Held("review-plan");
        var course = new Course(bench, bench.Till("till-stopped", held.Script));
        await course.OpenAsync(deploy: true);
        await course.BeginAsync();
        var reviewer = await held.CallAsync();

        await course.StopAsync();
        await course.ReachAsync("evolution.ended.v1");
        var stopped = await course.ViewAsync();
        stopped.Phase.ShouldBe("Stopped");
        stopped.Ending!.Reason.ShouldBe("stopped by tester");
        await reviewer.KilledAsync();

        (await bench.StopMossAsync()).ShouldBe(0);
        await bench.StartMossAsync();
        (await course.ViewAsync()).Phase.ShouldBe("Stopped", "nothing goes on by itself");
        await course.RestartAsync();
        await course.ReachAsync("evolution.restarted.v1");
        var end = await course.RunAsync();

        end.Ending!.Promoted.ShouldBeTrue(end.Ending.Reason);
        bench.Desk.CallsFor("till-stopped").Select(call => call.Role).ShouldBe(
            ["locate", "plan", "review-plan", "review-plan", "implement", "review-code", "propose-verdict"]);
        (await course.TimelineAsync()).Answers().ShouldBeUnique();
    }

    [Fact]
    public async Task An_agent_that_Moss_was_killed_with_dies_and_its_call_alone_is_made_again()
    {
        var held = new Held("implement");
        var course = new Course(bench, bench.Till("till-orphan", held.Script));
        await course.OpenAsync(deploy: true);
        await course.BeginAsync();
        var author = await held.CallAsync();

        await bench.KillMossAsync();
        await author.KilledAsync();
        await bench.StartMossAsync();
        var end = await course.RunAsync();

        end.Ending!.Promoted.ShouldBeTrue(end.Ending.Reason);
        bench.Desk.CallsFor("till-orphan").Select(call => call.Role).ShouldBe(
            ["locate", "plan", "review-plan", "implement", "implement", "review-code", "propose-verdict"]);
    }

    [Fact]
    public async Task Moss_that_is_asked_to_end_does_so_at_once_and_takes_its_agents_with_it()
    {
        var held = new Held("plan");
        var till = bench.Till("till-leaving", held.Script);
        var course = new Course(bench, till);
        await course.OpenAsync(deploy: false);
        await course.BeginAsync();
        var planner = await held.CallAsync();

        (await bench.StopMossAsync()).ShouldBe(0);

        await planner.KilledAsync();
        Remains.Of(bench, till).ShouldBeEmpty();
    }
}
