using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

public sealed class VerdictPolicyTests
{
    private static readonly VerdictCase Repaired = Replayed.Case(
        Replayed.Batch("a", "---", "+++"), Replayed.Batch("b", "-xt", "+++"), Replayed.Corpus("held-out", "+++", "+++"));

    [Fact]
    public void A_full_repair_that_harms_nothing_converges()
    {
        var ruling = VerdictPolicy.Rule(Repaired);

        ruling.Verdict.ShouldBe(Verdict.Converged);
        ruling.Fixed.PValue.ShouldBe(1.0 / 64, 1e-12);
        ruling.Fixed.BaselineMean.ShouldBe((0.5 + (0.5 / 3)) / 2, 1e-12);
        ruling.Fixed.CandidateMean.ShouldBe(1);
        ruling.Generalises.Yes.ShouldBeNull();
    }

    [Fact]
    public void The_same_trials_in_any_order_give_the_same_ruling()
    {
        var (ruling, other) = (VerdictPolicy.Rule(Repaired), VerdictPolicy.Rule(Repaired with { Trials = [.. Repaired.Trials.Reverse()] }));

        (other.Verdict, other.Reason, other.Fixed.PValue).ShouldBe((ruling.Verdict, ruling.Reason, ruling.Fixed.PValue));
    }

    [Theory]
    [InlineData("++-")]
    [InlineData("++x")]
    [InlineData("++t")]
    public void One_trial_of_the_batch_that_does_not_pass_needs_more_work_and_is_named(string candidate)
    {
        var ruling = VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "-----", "+++++"), Replayed.Batch("b", "xxx", candidate)));

        ruling.Verdict.ShouldBe(Verdict.NeedMoreWork);
        ruling.Detail.ShouldEndWith(": b");
    }

    [Theory]
    [InlineData("???", "???")]
    [InlineData("---", "???")]
    public void A_scenario_of_the_batch_that_the_candidate_never_showed_is_not_repaired(string baseline, string candidate)
    {
        var ruling = VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "-----", "+++++"), Replayed.Batch("b", baseline, candidate)));

        ruling.Verdict.ShouldBe(Verdict.NeedMoreWork);
        ruling.Fixed.StillFailing.ShouldBe(["b"]);
    }

    [Fact]
    public void A_gain_that_may_be_chance_needs_more_work()
    {
        var ruling = VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "-++++-", "++++++")));

        (ruling.Verdict, ruling.Fixed.PValue).ShouldBe((Verdict.NeedMoreWork, 0.25));
    }

    [Fact]
    public void Too_few_pairs_that_count_are_inconclusive()
    {
        var ruling = VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "--?--", "?++++")));

        (ruling.Verdict, ruling.Fixed.Pairs).ShouldBe((Verdict.Inconclusive, 3));
    }

    [Fact]
    public void Nothing_at_all_is_inconclusive() => VerdictPolicy.Rule(Replayed.Case()).Verdict.ShouldBe(Verdict.Inconclusive);

    [Theory]
    [InlineData("+++", "++-", 0.0, true)]
    [InlineData("+++", "++x", 0.0, true)]
    [InlineData("+++", "++?", 0.0, false)]
    [InlineData("++-", "+-+", 0.0, false)]
    [InlineData("++++", "+++-", 0.25, false)]
    [InlineData("++++", "++--", 0.25, true)]
    [InlineData("---", "---", 0.0, false)]
    public void A_held_out_scenario_may_fall_by_the_margin_and_no_further(string baseline, string candidate, double margin, bool regressed)
    {
        var ruling = VerdictPolicy.Rule(
            Replayed.Case(Replayed.Batch("a", "-----", "+++++"), Replayed.Corpus("held-out", baseline, candidate)) with { RegressionMargin = margin });

        (ruling.Verdict == Verdict.Regressed).ShouldBe(regressed);
        ruling.Safe.Regressed.ShouldBe(regressed ? ["held-out"] : []);
    }

    [Theory]
    [InlineData("???", "+++")]
    [InlineData("+++", "???")]
    public void A_held_out_scenario_that_could_not_be_replayed_is_inconclusive(string baseline, string candidate) =>
        VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "-----", "+++++"), Replayed.Corpus("held-out", baseline, candidate)))
            .Verdict.ShouldBe(Verdict.Inconclusive);

    [Theory]
    [InlineData(1, Verdict.Converged)]
    [InlineData(2, Verdict.Converged)]
    [InlineData(3, Verdict.Inconclusive)]
    public void As_many_different_failures_must_be_repaired_as_are_asked_for(int least, Verdict verdict)
    {
        var ruling = VerdictPolicy.Rule(Replayed.Case(
            Replayed.Batch("a", "-----", "+++++"), Replayed.Corpus("held-out", "--", "++"), Replayed.Corpus("kept", "++", "++")) with { LeastFailures = least });

        (ruling.Verdict, ruling.Generalises.Repaired).ShouldBe((verdict, 2));
    }

    [Theory]
    [InlineData(20, 11, 0.55, true)]
    [InlineData(20, 10, 0.55, false)]
    [InlineData(2, 2, 1.0, true)]
    [InlineData(2, 1, 1.0, false)]
    [InlineData(2, 0, 0.0, true)]
    public void Held_out_failures_must_pass_in_the_declared_share(int failures, int passing, double threshold, bool enough)
    {
        var heldOut = Enumerable.Range(0, failures).SelectMany(number => Replayed.Corpus($"held-out-{number}", "--", number < passing ? "++" : "+-"));

        var ruling = VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "-----", "+++++"), heldOut) with { Generalisation = threshold });

        ruling.Verdict.ShouldBe(enough ? Verdict.Converged : Verdict.NeedMoreWork);
        ruling.Generalises.ShouldBe(new(failures, passing, threshold) { Repaired = passing + 1 });
    }

    [Theory]
    [InlineData("+++", "+--")]
    [InlineData("---", "---")]
    [InlineData("+++", "???")]
    public void The_reason_says_nothing_of_what_is_held_out(string baseline, string candidate)
    {
        var ruling = VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "-----", "+++++"), Replayed.Corpus("held-out-7", baseline, candidate)));

        ruling.Verdict.ShouldNotBe(Verdict.Converged);
        ruling.Reason.ShouldNotContain("held-out-7");
    }

    [Theory]
    [InlineData(Verdict.NeedMoreWork)]
    [InlineData(Verdict.FundamentalLimitModel)]
    [InlineData(Verdict.FundamentalLimitArchitecture)]
    public void A_proposal_can_lower_the_ruling(Verdict proposal) =>
        VerdictPolicy.Rule(Repaired with { Proposal = proposal }).Verdict.ShouldBe(proposal);

    [Theory]
    [InlineData(Verdict.FundamentalLimitModel)]
    [InlineData(Verdict.FundamentalLimitArchitecture)]
    public void A_limit_that_is_proposed_ends_what_would_need_more_work(Verdict proposal) =>
        VerdictPolicy.Rule(Replayed.Case(Replayed.Batch("a", "-----", "-----")) with { Proposal = proposal }).Verdict.ShouldBe(proposal);

    [Theory]
    [InlineData("-----", "----+", "+", "+", Verdict.NeedMoreWork)]
    [InlineData("-----", "+++++", "+", "-", Verdict.Regressed)]
    [InlineData("--", "++", "+", "+", Verdict.Inconclusive)]
    [InlineData("-----", "+++++", "-", "-", Verdict.NeedMoreWork)]
    public void A_proposal_never_raises_the_ruling(string baseline, string candidate, string corpusBefore, string corpusAfter, Verdict expected) =>
        VerdictPolicy.Rule(
            Replayed.Case(Replayed.Batch("a", baseline, candidate), Replayed.Corpus("c", corpusBefore, corpusAfter)) with { Proposal = Verdict.Converged })
            .Verdict.ShouldBe(expected);
}
