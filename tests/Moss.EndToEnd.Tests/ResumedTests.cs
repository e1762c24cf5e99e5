using Moss.Contracts;
using Moss.Contracts.Planning;
using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;

namespace Moss.EndToEnd.Tests;

/// <summary>Moss is killed at moments that chance seldom finds.</summary>
public sealed class ResumedTests : IAsyncLifetime
{
    private readonly MossBench bench = new();

    public Task InitializeAsync() => bench.InitializeAsync();

    public Task DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task An_answer_that_was_stored_and_not_told_is_told_after_the_kill_and_no_agent_is_called_again()
    {
        var held = new Held("review-plan");
        var course = new Course(bench, bench.Till("till-stored", held.Script));
        await course.OpenAsync(deploy: true);
        await course.BeginAsync();
        await held.CallAsync();

        await bench.KillMossAsync();
        var stage = new StageReference(course.Id, 1, "ReviewPlan", 1);
        await bench.StoreAsync(stage, new PlanApproved(stage, "said before the kill", new Spending("scripted", 0, 0, 0, 1)));
        await bench.StartMossAsync();
        var end = await course.RunAsync();

        end.Ending!.Promoted.ShouldBeTrue(end.Ending.Reason);
        var approval = (await course.TimelineAsync()).Single(entry => entry.Name == "evolution.plan-approved.v1");
        approval.Data.GetProperty("reason").GetString().ShouldBe("said before the kill");
        bench.Desk.CallsFor(course.Till.Name).Count(call => call.Role == "review-plan").ShouldBe(1);
    }

    [Fact]
    public async Task Killed_between_the_stop_of_the_old_version_and_the_health_of_the_new_one_exactly_one_instance_serves()
    {
        var gate = bench.Desk.Hold(sample: 90);
        var course = new Course(bench, bench.Till("till-swap", Scripts.Repairs));
        await course.OpenAsync(deploy: true);
        await course.Till.SellAsync();
        await course.BeginAsync();
        var end = course.RunAsync();
        await gate.ReachedAsync();

        await bench.KillMossAsync();
        await Should.ThrowAsync<Exception>(end);
        course.Till.Instances().ShouldHaveSingleItem("the new version waits, the old one is gone");
        await bench.StartMossAsync();
        gate.Open();

        (await course.RunAsync()).Ending!.Promoted.ShouldBeTrue();
        await course.OneHealthyInstanceServesAsync(new TillHealth(Sample: 90, Sales: 1));
    }

    [Fact]
    public async Task What_serves_outlives_the_kill_of_Moss_and_is_neither_started_twice_nor_forgotten()
    {
        var course = new Course(bench, bench.Till("till-steady", Scripts.Repairs));
        await course.OpenAsync(deploy: true);
        var before = course.Till.Instances().ShouldHaveSingleItem();

        await bench.KillMossAsync();
        (await course.Till.SellAsync()).Sales.ShouldBe(1, "it serves while Moss is away");
        await bench.StartMossAsync();

        await course.OpenAsync(deploy: true);
        course.Till.Instances().ShouldBe([before]);
        await course.OneHealthyInstanceServesAsync(new TillHealth(Sample: 99, Sales: 1));
    }
}
