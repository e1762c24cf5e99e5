using Moss.Contracts.Deployment;
using Moss.Deployment.Overseeing;
using Moss.Domain.Oversight;

namespace Moss.Services.Tests.Deployment.Overseeing;

public sealed class ReviewTests
{
    [Fact]
    public async Task A_review_says_what_changed_why_on_what_evidence_at_what_cost_and_with_which_verdict()
    {
        await using var bench = await OversightBench.ServingAsync();
        var evolution = Guid.NewGuid();
        await bench.StoreEvolutionAsync(evolution);
        var head = await bench.PromotedAsync("requirements.txt", "requests>=2\n", evolution);
        await using var moss = bench.Moss();

        var review = await moss.ReviewAsync();

        var change = review.Changes.ShouldHaveSingleItem();
        (change.Commit, change.Subject, change.Insertions, change.Deletions).ShouldBe((head, "Add requirements.txt", 1, 0));
        change.Files.ShouldBe(["requirements.txt"]);
        (change.FailureClass, change.Diagnosis, change.Evidence).ShouldBe(("Structural", "cents are added to units", 3));
        (change.Dollars, change.EstimatedDollars, change.Calls).ShouldBe((1.5m, 0.25m, 2));
        change.Verdict!.PValue.ShouldBe(0.0156);
        change.Approver.ShouldBe("grace");
        review.Drift.Tree.FilesAfter.ShouldBe(review.Drift.Tree.FilesBefore + 1);
        review.Drift.Editable.LinesAfter.ShouldBe(review.Drift.Editable.LinesBefore + 1);
        review.Drift.Editable.LinesBefore.ShouldBeLessThan(review.Drift.Tree.LinesBefore);
        review.Drift.Dependencies.ShouldHaveSingleItem().Name.ShouldBe("requests");
        review.Page.ShouldContain("cents are added to units");
        review.Page.ShouldContain($"moss oversight sign desk --head {head}");
        review.WhyNot.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_rolled_back_in_the_period_is_told()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        var sick = bench.Candidate("sick", head);
        await using var moss = bench.Moss();
        (await moss.PromoteAsync(bench.Command(sick, head))).ShouldBeOfType<PromotionRolledBack>();

        (await moss.ReviewAsync()).RolledBack.ShouldHaveSingleItem().Commit.ShouldBe(sick);
        await moss.SignAsync(head);

        (await moss.ReviewAsync()).RolledBack.ShouldBeEmpty();
    }

    [Fact]
    public async Task Looking_twice_is_the_same_review_and_changes_nothing()
    {
        await using var bench = await OversightBench.ServingAsync();
        await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();

        var first = await moss.ReviewAsync();
        bench.Clock.Advance(TimeSpan.FromHours(3));
        var second = await moss.ReviewAsync();

        second.Hash.ShouldBe(first.Hash);
        (await bench.OversightAsync()).ShouldBe(OversightState.None);
    }

    [Fact]
    public async Task Overdue_stops_promotions_and_names_the_command_that_helps()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        var next = bench.Candidate("two.py", head);
        await using var moss = bench.Moss();
        bench.Clock.Advance(TimeSpan.FromHours(24));
        (await moss.ReviewAsync()).Standing.ShouldBe("due");
        bench.Clock.Advance(TimeSpan.FromHours(1));
        (await moss.ReviewAsync()).Standing.ShouldBe("overdue");

        var refused = (await moss.PromoteAsync(bench.Command(next, head))).ShouldBeOfType<PromotionRefused>();

        refused.Ground.ShouldBe(OversightPolicy.Overdue);
        refused.Reason.ShouldContain("moss oversight review desk");
        bench.Machine.Running.ShouldBe([head]);
        (await moss.SignAsync(head)).ShouldBeOfType<OversightOutcome.Merged>();
        (await moss.PromoteAsync(bench.Command(next, head))).ShouldBeOfType<CandidatePromoted>();
    }

    [Fact]
    public async Task Due_is_not_overdue()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        bench.Clock.Advance(TimeSpan.FromHours(24.5));
        await using var moss = bench.Moss();

        (await moss.PromoteAsync(bench.Command(bench.Candidate("two.py", head), head))).ShouldBeOfType<CandidatePromoted>();
    }

    [Fact]
    public async Task Without_oversight_nothing_is_ever_overdue()
    {
        await using var bench = await OversightBench.ServingAsync("");
        var head = await bench.PromotedAsync("one.py");
        bench.Clock.Advance(TimeSpan.FromDays(400));
        await using var moss = bench.Moss();

        (await moss.PromoteAsync(bench.Command(bench.Candidate("two.py", head), head))).ShouldBeOfType<CandidatePromoted>();
    }

    [Fact]
    public async Task What_counts_is_what_stable_declares_now_and_not_what_was_promoted()
    {
        await using var bench = await OversightBench.ServingAsync("");
        var head = await bench.PromotedAsync("one.py");
        bench.Declare("oversight: { period: 1h, grace: 0s }");
        bench.Clock.Advance(TimeSpan.FromHours(2));
        await using var moss = bench.Moss();

        (await moss.PromoteAsync(bench.Command(bench.Candidate("two.py", head), head))).ShouldBeOfType<PromotionRefused>().Ground.ShouldBe(OversightPolicy.Overdue);
    }

    [Fact]
    public async Task A_stable_branch_that_was_rewritten_is_told()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();
        await moss.SignAsync(head);
        bench.Git("update-ref", "refs/heads/main", bench.Base);

        (await moss.ReviewAsync()).Warnings.ShouldContain(warning => warning.Contains("main was rewritten"));
    }

    [Fact]
    public async Task The_remote_without_the_hook_is_open_and_with_it_guarded()
    {
        await using var bench = await OversightBench.ServingAsync();
        var head = await bench.PromotedAsync("one.py");
        await using var moss = bench.Moss();
        var open = (await moss.ReviewAsync()).Guard;
        open.Standing.ShouldBe("open");
        var hook = Path.Combine(bench.Remote, "hooks", "update");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        File.WriteAllText(hook, open.Hook);
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var guard = (await moss.ReviewAsync()).Guard;
        guard.Standing.ShouldBe("guarded", guard.Detail);
        (await moss.SignAsync(head)).ShouldBeOfType<OversightOutcome.Merged>();
        Should.Throw<InvalidOperationException>(() => bench.Push("By hand", "hand.txt", "x")).Message.ShouldContain("oversight: main");
    }
}
