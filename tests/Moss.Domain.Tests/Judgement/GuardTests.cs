using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

public sealed class GuardTests
{
    private static readonly IEnumerable<TrialResult> Repair = Replayed.Batch("a", "-----", "+++++");

    [Theory]
    [InlineData(0, 0, Steadiness.Failing)]
    [InlineData(0, 3, Steadiness.Failing)]
    [InlineData(1, 3, Steadiness.Flaky)]
    [InlineData(3, 3, Steadiness.Steady)]
    public void A_scenario_is_what_its_trials_show(int passed, int trials, Steadiness expected) => new LiveRecord("s", passed, trials).Steadiness.ShouldBe(expected);

    [Fact]
    public void Records_are_of_the_live_version_alone_and_of_trials_that_count() =>
        LiveRecord.Of(Replayed.Corpus("b", "+-?", "---").Concat(Replayed.Batch("a", "x", "+"))).ShouldBe([new("a", 0, 1), new("b", 1, 2)]);

    [Theory]
    [InlineData("++-++", "+--++", Verdict.Converged)]
    [InlineData("++++-++++-", "----------", Verdict.Regressed)]
    [InlineData("++++-++++-", "-+---+----", Verdict.Regressed)]
    [InlineData("+-+", "-+-", Verdict.Converged)]
    public void A_flaky_scenario_is_worse_when_the_test_says_so(string baseline, string candidate, Verdict expected) =>
        VerdictPolicy.Rule(Replayed.Case(Repair, Replayed.Corpus("flaky", baseline, candidate))).Verdict.ShouldBe(expected);

    [Fact]
    public void What_was_known_before_decides_what_a_failure_means()
    {
        var verdictCase = Replayed.Case(Repair, Replayed.Corpus("held-out", "+++", "+-+"));

        VerdictPolicy.Rule(verdictCase).Verdict.ShouldBe(Verdict.Regressed, "it never failed before");
        VerdictPolicy.Rule(verdictCase with { Live = [new("a", 0, 5), new("held-out", 4, 6)] }).Verdict.ShouldBe(Verdict.Converged);
    }

    [Fact]
    public void The_false_alarms_are_shared_among_those_that_are_flaky()
    {
        var safe = VerdictPolicy.Rule(Replayed.Case(
            Repair, Replayed.Corpus("f1", "+-", "++"), Replayed.Corpus("f2", "+-", "++"), Replayed.Corpus("steady", "++", "++"), Replayed.Corpus("failing", "--", "--"))).Safe;

        safe.Guards.Select(guard => (guard.Live.Scenario, guard.PValue is null ? 0 : guard.Level))
            .ShouldBe([("f1", 0.025), ("f2", 0.025), ("failing", 0), ("steady", 0)]);
        safe.Guards[0].IsBlind.ShouldBeTrue("two trials show nothing");
    }

    [Fact]
    public void What_mostly_works_and_never_did_on_the_candidate_is_not_waved_through_for_want_of_trials()
    {
        var ruling = VerdictPolicy.Rule(Replayed.Case(Repair, Replayed.Corpus("flaky", "++-", "--")));

        ruling.Verdict.ShouldBe(Verdict.NeedMoreWork, "known to be flaky now, it is replayed more often in the next iteration");
        ruling.Safe.Unsettled.ShouldBe(["flaky"]);
        ruling.Safe.Yes.ShouldBeFalse();
        ruling.Reason.ShouldNotContain(": flaky");
        ruling.Detail.ShouldEndWith(": flaky");
    }

    [Theory]
    [InlineData("++-", "--")]
    [InlineData("++", "??")]
    public void What_is_not_judged_ends_nothing_while_the_batch_still_fails(string baseline, string candidate)
    {
        var ruling = VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "-----", "++++-"), Replayed.Corpus("held-out", baseline, candidate)));

        (ruling.Verdict, ruling.Fixed.StillFailing.Single()).ShouldBe((Verdict.NeedMoreWork, "a"));
    }

    [Fact]
    public void What_is_flaky_is_no_held_out_failure_whose_luck_counts_as_a_repair()
    {
        var lucky = VerdictPolicy.Rule(Replayed.Case(Repair, Replayed.Corpus("flaky", "+-+", "+++"))).Generalises;
        var unlucky = VerdictPolicy.Rule(Replayed.Case(Repair, Replayed.Corpus("flaky", "+-+", "++-"))).Generalises;

        (lucky.HeldOutFailures, lucky.Repaired).ShouldBe((0, 1));
        unlucky.Yes.ShouldBeNull();
    }

    [Fact]
    public void The_first_rule_still_says_what_it_said()
    {
        var verdictCase = Replayed.Case(Repair, Replayed.Corpus("flaky", "++-++", "+--++"));

        VerdictPolicy.Rule(verdictCase with { Policy = VerdictPolicy.ComparingRates }).Verdict.ShouldBe(Verdict.Regressed);
        VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "--", "+-")) with { Policy = VerdictPolicy.ComparingRates }).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void A_batch_that_is_flaky_too_must_pass_every_trial() =>
        VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "--+-------", "+++++++++-"))).Verdict.ShouldBe(Verdict.NeedMoreWork);

    [Fact]
    public void Outcomes_are_never_merged()
    {
        var tally = OutcomeTally.Of(Replayed.Batch("a", "++-xtt?", ""));

        tally.ShouldBe(new OutcomeTally(2, 1, 2, 1, 1));
        tally.Counted.ShouldBe(6);
        tally.Interval().ShouldBe(Interval.OfRate(2, 6));
    }
}
