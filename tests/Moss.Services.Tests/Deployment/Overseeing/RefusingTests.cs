using Moss.Contracts.Deployment;
using Moss.Deployment.Overseeing;
using Moss.Deployment.Starting;
using Moss.Domain.Oversight;

namespace Moss.Services.Tests.Deployment.Overseeing;

public sealed class RefusingTests
{
    [Fact]
    public async Task What_is_refused_leaves_production_and_the_evolved_branch_and_why_is_kept()
    {
        await using var bench = await OversightBench.ServingAsync();
        var first = await bench.PromotedAsync("one.py");
        var head = await bench.PromotedAsync("two.py");
        await using var moss = bench.Moss();

        var undone = (await moss.RefuseAsync(head, why: "it greets strangers")).ShouldBeOfType<OversightOutcome.Undone>().Progress;

        undone.Done.ShouldBeTrue();
        undone.Decision.Commits.ShouldBe([first, head]);
        undone.Decision.Why.ShouldBe("it greets strangers");
        bench.Machine.Running.ShouldBe([bench.Base]);
        bench.Machine.HadTwoWriters.ShouldBeFalse();
        bench.Evolved.ShouldBe(bench.Base);
        bench.Stable.ShouldBe(bench.Base);
        (await moss.ReviewAsync()).LastRefused!.Commits.ShouldBe([first, head]);
    }

    [Fact]
    public async Task Production_goes_back_to_what_was_signed_last_as_it_ran_then()
    {
        await using var bench = await OversightBench.ServingAsync();
        var signed = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();
        await moss.SignAsync(signed);
        var head = await bench.PromotedAsync("two.py");

        var undone = (await moss.RefuseAsync(head)).ShouldBeOfType<OversightOutcome.Undone>().Progress;

        undone.Decision.Commits.ShouldBe([head]);
        undone.Decision.BackTo!.DeclaredAt.ShouldBe(bench.Base);
        bench.Machine.Running.ShouldBe([signed]);
        bench.Evolved.ShouldBe(signed);
    }

    [Fact]
    public async Task Nothing_is_built_on_what_was_refused_and_anew_on_what_was_reviewed()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        var on = bench.Candidate("two.py", head);
        await using var moss = bench.Moss();
        await moss.RefuseAsync(head);

        var refused = (await moss.PromoteAsync(bench.Command(on, head))).ShouldBeOfType<PromotionRefused>();
        refused.Ground.ShouldBe(OversightPolicy.Refused);
        refused.Reason.ShouldContain("was refused at oversight");

        var next = await bench.PromotedAsync("three.py");
        bench.Machine.Running.ShouldBe([next]);
        bench.Evolved.ShouldBe(next);
        (await moss.ReviewAsync()).Changes.ShouldHaveSingleItem().Commit.ShouldBe(next);
    }

    [Fact]
    public async Task Refusing_the_same_head_again_changes_nothing()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();
        await moss.RefuseAsync(head);
        var starts = bench.Machine.Starts;

        (await moss.RefuseAsync(head)).ShouldBeOfType<OversightOutcome.Undone>().Progress.Done.ShouldBeTrue();

        bench.Machine.Starts.ShouldBe(starts);
    }

    [Fact]
    public async Task What_was_promoted_after_the_review_is_not_refused_with_it()
    {
        await using var bench = await OversightBench.ServingAsync();
        var seen = await bench.PromotedAsync("one.py");
        var head = await bench.PromotedAsync("two.py");
        await using var moss = bench.Moss();

        (await moss.RefuseAsync(seen)).ShouldBeOfType<OversightOutcome.Declined>().Detail.ShouldContain(head);

        bench.Machine.Running.ShouldBe([head]);
        (await bench.OversightAsync()).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task A_reviewed_version_that_does_not_come_up_any_more_leaves_something_running_and_nothing_more_is_promoted()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        var other = bench.Candidate("two.py", bench.Base);
        bench.Machine.Spoilt.Add(bench.Base);
        await using var moss = bench.Moss();

        var undone = (await moss.RefuseAsync(head)).ShouldBeOfType<OversightOutcome.Undone>().Progress;

        undone.Done.ShouldBeFalse();
        undone.ProductionProblem!.ShouldContain("did not come up healthy and what served before it was started again");
        undone.EvolvedMovedBack.ShouldBeTrue();
        bench.Machine.Running.ShouldBe([head]);
        bench.Machine.HadTwoWriters.ShouldBeFalse();
        (await moss.PromoteAsync(bench.Command(other, bench.Base))).ShouldBeOfType<PromotionRefused>().Reason.ShouldContain("not undone yet");
        var starts = bench.Machine.Starts;
        await moss.Recovery.RecoverAsync(first: false, default);
        bench.Machine.Starts.ShouldBe(starts, "what failed is not tried again without a person");

        bench.Machine.Spoilt.Clear();
        (await moss.RefuseAsync(head)).ShouldBeOfType<OversightOutcome.Undone>().Progress.Done.ShouldBeTrue();
        bench.Machine.Running.ShouldBe([bench.Base]);
        (await moss.PromoteAsync(bench.Command(other, bench.Base))).ShouldBeOfType<CandidatePromoted>();
    }

    [Fact]
    public async Task What_a_person_stopped_stays_stopped_until_somebody_starts_the_reviewed_version()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        var other = bench.Candidate("two.py", bench.Base);
        await using var moss = bench.Moss();
        await moss.Keeper.StopAsync(OversightBench.Substrate, default);

        var undone = (await moss.RefuseAsync(head)).ShouldBeOfType<OversightOutcome.Undone>().Progress;

        undone.ProductionProblem!.ShouldContain($"with reference {bench.Base}");
        bench.Machine.Running.ShouldBeEmpty();
        (await moss.PromoteAsync(bench.Command(other, bench.Base))).ShouldBeOfType<PromotionRefused>().Ground.ShouldBe(OversightPolicy.Refused);
        (await moss.Keeper.StartAsync(OversightBench.Substrate, bench.Base, default)).ShouldBe(new StartOutcome.Done());
        (await moss.PromoteAsync(bench.Command(other, bench.Base))).ShouldBeOfType<CandidatePromoted>();
    }

    [Fact]
    public async Task An_evolved_branch_that_somebody_moved_is_left_there_and_told()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        await using (var moss = bench.Moss(KillSwitch.After<ProductionReverted>()))
        {
            await Should.ThrowAsync<KilledException>(() => moss.RefuseAsync(head));
        }

        var stray = bench.Candidate("stray.py", head);
        bench.Git("update-ref", "refs/heads/moss/evolved", stray);
        await using var next = bench.Moss();
        await next.Recovery.RecoverAsync(first: true, default);

        bench.Evolved.ShouldBe(stray);
        (await bench.OversightAsync()).Refusal!.EvolvedProblem!.ShouldContain($"move it to {bench.Base}");
        bench.Machine.Running.ShouldBe([bench.Base]);
    }

    [Fact]
    public async Task A_library_goes_back_on_its_branch_alone()
    {
        await using var bench = OversightBench.Library();
        var head = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();

        (await moss.RefuseAsync(head)).ShouldBeOfType<OversightOutcome.Undone>().Progress.Done.ShouldBeTrue();

        bench.Evolved.ShouldBe(bench.Base);
        bench.Machine.Starts.ShouldBe(0);
    }

    [Fact]
    public async Task Where_nothing_waits_there_is_nothing_to_refuse()
    {
        await using var bench = await OversightBench.ServingAsync();
        await using var moss = bench.Moss();

        (await moss.RefuseAsync(bench.Base)).ShouldBeOfType<OversightOutcome.Declined>().Detail.ShouldContain("nothing was promoted");
        (await moss.SignAsync(bench.Base)).ShouldBeOfType<OversightOutcome.Declined>().Detail.ShouldContain("nothing was promoted");
    }

    [Fact]
    public async Task Killed_anywhere_in_a_refusal_the_next_Moss_ends_it_with_one_instance_of_the_reviewed_version()
    {
        var killed = await OversightCrashes.KillAnywhereAsync((moss, head) => moss.RefuseAsync(head), async (bench, head, note) =>
        {
            var decided = (await bench.OversightAsync()).Refusal is not null;
            await using var next = bench.Moss();
            await next.Recovery.RecoverAsync(first: true, default);

            (await bench.OversightAsync()).Open.ShouldBeFalse(note);
            bench.Machine.Running.ShouldBe([decided ? bench.Base : head], note);
            (await next.RefuseAsync(head)).ShouldBeOfType<OversightOutcome.Undone>(note).Progress.Done.ShouldBeTrue();
            bench.Machine.Running.ShouldBe([bench.Base], note);
            bench.Machine.HadTwoWriters.ShouldBeFalse(note);
            bench.Evolved.ShouldBe(bench.Base, note);
        });

        killed.ShouldBeGreaterThanOrEqualTo(12);
    }
}
