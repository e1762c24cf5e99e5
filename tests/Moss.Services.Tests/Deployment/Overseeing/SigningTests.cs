using Moss.Deployment.Overseeing;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Overseeing;

public sealed class SigningTests
{
    [Fact]
    public async Task What_was_reviewed_is_merged_to_stable_with_a_signature_and_trailers()
    {
        await using var bench = await OversightBench.ServingAsync();
        var evolution = Guid.NewGuid();
        var head = await bench.PromotedAsync("one.py", evolution: evolution);
        await using var moss = bench.Moss();
        var review = await moss.ReviewAsync();

        var merged = (await moss.SignAsync(head)).ShouldBeOfType<OversightOutcome.Merged>();

        bench.Stable.ShouldBe(merged.Period.Merge);
        bench.Git("log", "-1", "--format=%P", "main").ShouldBe($"{bench.Base} {head}");
        bench.Verify(merged.Period.Merge);
        var message = bench.Git("log", "-1", "--format=%B", "main");
        message.ShouldContain("Reviewed-by: ada");
        message.ShouldContain($"Evolutions: {evolution}");
        message.ShouldContain($"Review-Hash: {review.Hash}");
        message.ShouldContain("Period: 2026-01-05");
        bench.Evolved.ShouldBe(head);
        bench.Machine.Running.ShouldBe([head]);
    }

    [Fact]
    public async Task After_a_signature_the_period_is_over_and_the_next_one_begins_with_the_next_promotion()
    {
        await using var bench = await OversightBench.ServingAsync();
        var first = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();
        await moss.SignAsync(first);
        (await moss.ReviewAsync()).Standing.ShouldBe("nothing");

        var second = await bench.PromotedAsync("two.py");

        var review = await moss.ReviewAsync();
        review.Standing.ShouldBe("gathering");
        review.Base.ShouldBe(first);
        review.Changes.ShouldHaveSingleItem().Commit.ShouldBe(second);
        review.Foreign.ShouldBeEmpty();
        var merged = (await moss.SignAsync(second)).ShouldBeOfType<OversightOutcome.Merged>();
        bench.Git("log", "-1", "--format=%P", merged.Period.Merge).ShouldEndWith(second);
    }

    [Fact]
    public async Task Signing_the_same_head_again_is_the_same_answer_and_no_second_merge()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();

        var first = await moss.SignAsync(head);
        var second = await moss.SignAsync(head);

        second.ShouldBeOfType<OversightOutcome.Merged>().Period.Merge.ShouldBe(first.ShouldBeOfType<OversightOutcome.Merged>().Period.Merge);
        bench.Git("rev-list", "--count", "--first-parent", "main").ShouldBe("2");
    }

    [Fact]
    public async Task What_was_promoted_after_the_review_does_not_slip_in()
    {
        await using var bench = await OversightBench.ServingAsync();
        var seen = await bench.PromotedAsync("one.py");
        var slipped = await bench.PromotedAsync("two.py");
        await using var moss = bench.Moss();

        var declined = (await moss.SignAsync(seen)).ShouldBeOfType<OversightOutcome.Declined>();

        declined.Field.ShouldBe("head");
        declined.Detail.ShouldContain(slipped);
        declined.Fix.ShouldContain("moss oversight review desk");
        bench.Stable.ShouldBe(bench.Base);
        (await bench.OversightAsync()).Open.ShouldBeFalse();
    }

    [Theory]
    [InlineData("grace", "oversight.approvers")]
    [InlineData("Ada", "oversight.approvers")]
    [InlineData("desk", "never looks over a change of itself")]
    [InlineData("substrate:desk", "never looks over a change of itself")]
    public async Task Only_who_is_named_may_sign(string by, string why)
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();

        (await moss.SignAsync(head, by)).ShouldBeOfType<OversightOutcome.Declined>().Detail.ShouldContain(why);

        bench.Stable.ShouldBe(bench.Base);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_merged_and_the_fix_says_how_to_get_one()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        bench.SigningKey = null;
        await using var moss = bench.Moss();

        var declined = (await moss.SignAsync(head)).ShouldBeOfType<OversightOutcome.Declined>();

        declined.Field.ShouldBe("Moss:Deployment:SigningKey");
        declined.Fix.ShouldContain("ssh-keygen");
        (await moss.ReviewAsync()).WhyNot!.Field.ShouldBe("Moss:Deployment:SigningKey");
        bench.Stable.ShouldBe(bench.Base);
    }

    [Fact]
    public async Task A_key_that_is_missing_is_known_before_anything_waits_to_be_signed()
    {
        await using var bench = await OversightBench.ServingAsync();
        bench.SigningKey = null;
        await using var moss = bench.Moss();

        var review = await moss.ReviewAsync();

        (review.Standing, review.Declared, review.KeyProblem!.Field).ShouldBe(("nothing", true, "Moss:Deployment:SigningKey"));
    }

    [Fact]
    public async Task A_key_other_than_the_declared_one_does_not_sign()
    {
        using var other = new SshKey();
        await using var bench = await OversightBench.ServingAsync($"oversight: {{ signingKey: {other.PublicLine} }}");
        var head = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();

        (await moss.SignAsync(head)).ShouldBeOfType<OversightOutcome.Declined>().Detail.ShouldContain("oversight.signingKey asks for");

        bench.Stable.ShouldBe(bench.Base);
    }

    [Fact]
    public async Task A_conflict_with_stable_is_told_and_the_branch_stays_as_it_was()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("app.py", "print(2)\n");
        var theirs = bench.Push("By hand", "app.py", "print(3)\n");
        await using var moss = bench.Moss();

        var declined = (await moss.SignAsync(head)).ShouldBeOfType<OversightOutcome.Declined>();

        declined.Field.ShouldBe("stableBranch");
        declined.Detail.ShouldContain("app.py");
        bench.Stable.ShouldBe(theirs);
        (await bench.OversightAsync()).Open.ShouldBeFalse();
    }

    [Fact]
    public async Task What_came_to_stable_another_way_is_told_as_foreign_and_kept_by_the_merge()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        var theirs = bench.Push("By hand", "hand.txt", "x");
        await using var moss = bench.Moss();

        var review = await moss.ReviewAsync();
        review.Foreign.ShouldHaveSingleItem().Commit.ShouldBe(theirs);
        review.Warnings.ShouldContain(warning => warning.Contains("did not come through oversight"));
        (await moss.SignAsync(head)).ShouldBeOfType<OversightOutcome.Merged>();

        bench.Git("show", "main:hand.txt").ShouldBe("x");
        (await moss.ReviewAsync()).Foreign.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_production_does_not_run_is_not_signed()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();
        await moss.Keeper.StopAsync(OversightBench.Substrate, default);
        await moss.Keeper.StartAsync(OversightBench.Substrate, bench.Base, default);

        (await moss.SignAsync(head)).ShouldBeOfType<OversightOutcome.Declined>().Detail.ShouldContain($"production runs {bench.Base}");
    }

    [Fact]
    public async Task A_commit_that_somebody_put_on_the_evolved_branch_is_not_signed_with_the_rest()
    {
        await using var bench = await OversightBench.ServingAsync();
        await bench.PromotedAsync("one.py");
        var stray = bench.Candidate("stray.py", bench.Evolved);
        bench.Git("update-ref", "refs/heads/moss/evolved", stray);
        await using var moss = bench.Moss();

        (await moss.SignAsync(stray)).ShouldBeOfType<OversightOutcome.Declined>().Detail.ShouldContain("was never promoted");

        (await moss.ReviewAsync()).Unpromoted.ShouldHaveSingleItem().Commit.ShouldBe(stray);
        bench.Stable.ShouldBe(bench.Base);
    }

    [Fact]
    public async Task Where_no_oversight_is_declared_Moss_never_writes_the_stable_branch()
    {
        await using var bench = await OversightBench.ServingAsync("");
        var head = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();

        (await moss.SignAsync(head)).ShouldBeOfType<OversightOutcome.Declined>().Field.ShouldBe("oversight");

        var review = await moss.ReviewAsync();
        (review.DueAt, review.Declared, review.KeyProblem).ShouldBe((null, false, null));
        review.Changes.ShouldHaveSingleItem();
        bench.Stable.ShouldBe(bench.Base);
    }

    [Fact]
    public async Task A_library_is_signed_too()
    {
        await using var bench = OversightBench.Library();
        var head = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();

        (await moss.SignAsync(head)).ShouldBeOfType<OversightOutcome.Merged>();

        bench.Git("log", "-1", "--format=%P", "main").ShouldBe($"{bench.Base} {head}");
    }

    [Fact]
    public async Task Killed_anywhere_in_a_signing_the_next_Moss_ends_it_with_one_merge()
    {
        var killed = await OversightCrashes.KillAnywhereAsync((moss, head) => moss.SignAsync(head), async (bench, head, note) =>
        {
            await using var next = bench.Moss();
            await next.Recovery.RecoverAsync(first: true, default);

            (await bench.OversightAsync()).Open.ShouldBeFalse(note);
            (await next.SignAsync(head)).ShouldBeOfType<OversightOutcome.Merged>(note).Period.Merge.ShouldBe(bench.Stable);
            bench.Git("rev-list", "--count", "--first-parent", "main").ShouldBe("2", note);
            bench.Verify(bench.Stable);
        });

        killed.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public async Task A_stable_branch_that_moves_while_Moss_is_down_is_not_overwritten_by_what_was_begun()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        await using (var moss = bench.Moss(KillSwitch.After<Domain.Oversight.StableMergeMade>()))
        {
            await Should.ThrowAsync<KilledException>(() => moss.SignAsync(head));
        }

        var theirs = bench.Push("By hand", "hand.txt", "x");
        await using var next = bench.Moss();
        await next.Recovery.RecoverAsync(first: true, default);

        bench.Stable.ShouldBe(theirs);
        (await bench.OversightAsync()).Abandoned!.Reason.ShouldContain("left there");
        (await next.SignAsync(head)).ShouldBeOfType<OversightOutcome.Merged>();
        bench.Git("log", "-1", "--format=%P", "main").ShouldBe($"{theirs} {head}");
    }
}
