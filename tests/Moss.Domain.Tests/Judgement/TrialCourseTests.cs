using System.Collections.Immutable;
using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

public sealed class TrialCourseTests
{
    private static readonly ImmutableArray<TrialPlanRow> Plan = [new("a", Suite.Batch, 5), new("kept", Suite.Corpus, 2)];

    [Fact]
    public void It_begins_with_one_step_of_everything() => Next().ShouldBe([2, 2]);

    [Fact]
    public void While_all_goes_well_it_goes_on_to_the_end_of_the_plan()
    {
        Next(Replayed.Batch("a", "--", "++"), Replayed.Corpus("kept", "++", "++")).ShouldBe([4, 2]);
        Next(Replayed.Batch("a", "----", "++++"), Replayed.Corpus("kept", "++", "++")).ShouldBe([5, 2]);
        Look(Replayed.Batch("a", "-----", "+++++"), Replayed.Corpus("kept", "++", "++")).ShouldBe(new NextTrials.Enough("the plan is done"));
    }

    [Theory]
    [InlineData("--", "+-")]
    [InlineData("--", "x+")]
    [InlineData("--", "t+")]
    public void A_failure_that_was_seen_ends_it(string baseline, string candidate) =>
        Look(Replayed.Batch("a", baseline, candidate)).ShouldBeOfType<NextTrials.Enough>().Reason.ShouldContain("still fails");

    [Theory]
    [InlineData("-++++-", "++++++", true)]
    [InlineData("-+++--", "++++++", false)]
    [InlineData("-+++", "++++", false)]
    [InlineData("-++++?", "++++++", true)]
    [InlineData("-++??", "+++++", false)]
    public void A_gain_that_is_out_of_reach_ends_it_once_the_pairs_would_do_for_a_gain(string baseline, string candidate, bool ends)
    {
        ImmutableArray<TrialPlanRow> plan = [new("a", Suite.Batch, 8)];

        var look = TrialCourse.Next(plan, [.. Replayed.Batch("a", baseline, candidate)], step: 2, alpha: 0.05);

        (look is NextTrials.Enough { Reason: var reason } && reason.Contains("could be chance", StringComparison.Ordinal)).ShouldBe(ends);
        if (ends)
        {
            VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", baseline, candidate))).Verdict.ShouldBe(Verdict.NeedMoreWork, "it was no want of power");
        }
    }

    [Fact]
    public void What_the_batch_leaves_open_is_not_closed_by_the_corpus() =>
        Next(Replayed.Batch("a", "--", "++"), Replayed.Corpus("kept", "++", "--")).ShouldBe([4, 2]);

    [Fact]
    public void What_is_for_later_is_replayed_at_once_when_all_else_went_well()
    {
        Rows(WithLater).ShouldBe(["a 2", "kept 2"]);
        Rows(WithLater, Replayed.Batch("a", "----", "++++"), Replayed.Corpus("kept", "++", "++")).ShouldBe(["a 5", "kept 2"]);
        Rows(WithLater, Replayed.Batch("a", "-----", "+++++"), Replayed.Corpus("kept", "++", "++")).ShouldBe(["a 5", "kept 2", "far 2", "farther 2"]);
        Rows(WithLater, [.. Whole, .. Replayed.Corpus("far", "+", "+")]).ShouldBe(["a 5", "kept 2", "far 2", "farther 2"]);
        LookAt(WithLater, [.. Whole, .. Replayed.Corpus("far", "++", "++"), .. Replayed.Corpus("farther", "++", "++")])
            .ShouldBe(new NextTrials.Enough("the plan is done"));
    }

    [Theory]
    [InlineData("-----", "++++-", "still fails")]
    [InlineData("-+++++", "++++++", "could be chance")]
    public void What_is_for_later_is_not_replayed_for_a_candidate_that_is_refused_without_it(string baseline, string candidate, string reason) =>
        LookAt([new("a", Suite.Batch, baseline.Length), new("far", Suite.Corpus, 2, Later: true)], [.. Replayed.Batch("a", baseline, candidate)])
            .ShouldBeOfType<NextTrials.Enough>().Reason.ShouldContain(reason);

    private static ImmutableArray<TrialPlanRow> WithLater => [.. Plan, new("far", Suite.Corpus, 2, Later: true), new("farther", Suite.Corpus, 2, Later: true)];

    private static IEnumerable<TrialResult> Whole => [.. Replayed.Batch("a", "-----", "+++++"), .. Replayed.Corpus("kept", "++", "++")];

    private static NextTrials LookAt(ImmutableArray<TrialPlanRow> plan, IEnumerable<TrialResult> ended) => TrialCourse.Next(plan, [.. ended], step: 2, alpha: 0.05);

    private static string[] Rows(ImmutableArray<TrialPlanRow> plan, params IEnumerable<TrialResult>[] ended) =>
        [.. LookAt(plan, ended.SelectMany(some => some)).ShouldBeOfType<NextTrials.Upto>().Rows.Select(row => $"{row.Scenario} {row.Trials}")];

    /// <summary>Every course of five pairs: where a look ends it early, the ruling is what it would have been after the whole plan.</summary>
    [Fact]
    public void Stopping_early_never_changes_the_verdict()
    {
        foreach (var bits in Enumerable.Range(0, 1 << 10))
        {
            var (baseline, candidate) = (Word(bits & 31), Word(bits >> 5));
            var whole = VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", baseline, candidate))).Verdict;
            foreach (var looked in new[] { 2, 4 })
            {
                if (Look(Replayed.Batch("a", baseline[..looked], candidate[..looked])) is NextTrials.Enough)
                {
                    var cut = VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", baseline[..looked], candidate[..looked]))).Verdict;
                    (whole, cut).ShouldBe((Verdict.NeedMoreWork, Verdict.NeedMoreWork), $"{baseline} {candidate} stopped after {looked}");
                }
            }
        }
    }

    [Fact]
    public void What_was_stopped_early_is_no_promotion_either_and_needs_more_work()
    {
        var ruling = VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "--", "+-")));

        ruling.Verdict.ShouldBe(Verdict.NeedMoreWork, "a failure that was seen is no question of power");
    }

    private static int[] Next(params IEnumerable<TrialResult>[] ended) =>
        [.. Look(ended).ShouldBeOfType<NextTrials.Upto>().Rows.Select(row => row.Trials)];

    private static NextTrials Look(params IEnumerable<TrialResult>[] ended) =>
        TrialCourse.Next(Plan, [.. ended.SelectMany(some => some)], step: 2, alpha: 0.05);

    private static string Word(int bits) => string.Concat(Enumerable.Range(0, 5).Select(trial => (bits >> trial & 1) == 1 ? '+' : '-'));
}
