using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;

namespace Moss.EndToEnd.Tests;

/// <summary>The main job with nothing in its way, and with a candidate that does not boot.</summary>
[Collection(OneMoss.Name)]
public sealed class UndisturbedTests(MossBench bench)
{
    [Fact]
    public async Task A_reported_failure_ends_as_a_repaired_version_that_serves_with_the_state_of_the_old_one()
    {
        var till = bench.Till("till-repaired", Scripts.Repairs);
        var course = new Course(bench, till);
        await course.OpenAsync(deploy: true);
        (await till.SellAsync()).ShouldBe(new TillHealth(Sample: 99, Sales: 1));

        await course.BeginAsync();
        var end = await course.RunAsync();

        end.Ending.ShouldNotBeNull();
        end.Ending.Verdict.ShouldBe("Converged", end.Ending.Reason);
        end.Ending.Promoted.ShouldBeTrue(end.Ending.Reason);
        end.Ruling!.BaselineMean.ShouldBe(0);
        end.Ruling.CandidateMean.ShouldBe(1);
        end.Change!.FilesChanged.ShouldBe(1);
        (await till.HealthAsync()).ShouldBe(new TillHealth(Sample: 90, Sales: 1));
        till.Instances().ShouldHaveSingleItem();
        till.Repository.Git("rev-parse", "moss/evolved").ShouldBe(end.Change.Commit);
        till.Repository.Git("log", "--format=%s", "-1", "moss/evolved").ShouldBe("Divide the discount by 100");
        till.Repository.Git("status", "--porcelain").ShouldBeEmpty("the person's own work tree is not touched");
        (await course.AuditAsync()).Ok.ShouldBeTrue();
        bench.Desk.CallsFor(till.Name).Select(call => call.Role).ShouldBe(
            ["locate", "plan", "review-plan", "implement", "review-code", "propose-verdict"]);
    }

    [Fact]
    public async Task No_agent_is_told_anything_of_a_scenario_that_is_held_out()
    {
        var till = bench.Till("till-secret", Scripts.Repairs);
        var course = new Course(bench, till);
        await course.OpenAsync(deploy: false);
        await course.BeginAsync();

        (await course.RunAsync()).Ending!.Verdict.ShouldBe("Converged");

        var told = bench.Desk.CallsFor(till.Name).Select(call => call.Assignment.GetRawText()).ToList();
        told.ShouldNotBeEmpty();
        told.ShouldAllBe(text => text.Contains("tenth", StringComparison.Ordinal) && text.Contains("half", StringComparison.Ordinal));
        told.ShouldAllBe(text => !text.Contains("quarter", StringComparison.Ordinal) && !text.Contains("nothing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_candidate_that_does_not_boot_after_the_swap_is_rolled_back_and_the_old_version_keeps_its_state()
    {
        var till = bench.Till("till-dead", Scripts.Writes(
            (TillSource.PriceFile, TillSource.RepairedPrice), (TillSource.ServiceFile, TillSource.BrokenService)));
        var course = new Course(bench, till);
        await course.OpenAsync(deploy: true);
        await till.SellAsync();

        await course.BeginAsync();
        var end = await course.RunAsync();

        end.Ending.ShouldNotBeNull();
        end.Ending.RolledBack.ShouldBeTrue(end.Ending.Reason);
        end.Ending.Promoted.ShouldBeFalse();
        end.Phase.ShouldBe("RolledBack");
        (await till.HealthAsync()).ShouldBe(new TillHealth(Sample: 99, Sales: 1));
        till.Instances().ShouldHaveSingleItem();
        till.Repository.Git("branch", "--list", "moss/evolved").ShouldBeEmpty("what did not boot is not published");
        (await course.AuditAsync()).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_person_refuses_changes_nothing_that_runs()
    {
        var till = bench.Till("till-refused", Scripts.Repairs);
        var course = new Course(bench, till);
        await course.OpenAsync(deploy: true);
        await course.BeginAsync();
        await course.ReachAsync("evolution.consent-requested.v1");

        await course.RefuseAsync("not on a Friday");
        var end = await course.RunAsync();

        end.Ending.ShouldNotBeNull();
        end.Ending.Promoted.ShouldBeFalse();
        end.Ending.Reason.ShouldContain("not on a Friday");
        end.Phase.ShouldBe("Concluded");
        (await till.HealthAsync()).Sample.ShouldBe(99);
    }
}
