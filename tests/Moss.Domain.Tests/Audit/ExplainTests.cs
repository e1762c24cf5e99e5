using Moss.Domain.Audit;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Tests.Evolution;
using static Moss.Domain.Tests.Evolution.EvolutionFacts;

namespace Moss.Domain.Tests.Audit;

public sealed class ExplainTests
{
    private readonly EvolutionFacts facts = new();

    [Fact]
    public void A_promotion_is_explained_with_what_would_have_stopped_it()
    {
        var explained = Explain.Of(Ruled(facts.Tried()));

        (explained.Verdict, explained.Iteration, explained.Policy).ShouldBe((Verdict.Converged, 1, VerdictPolicy.Version));
        explained.Fixed!.Answer.Yes.ShouldBeTrue();
        (explained.Fixed.Answer.Better, explained.Fixed.Answer.Worse, explained.Fixed.Power).ShouldBe((6, 0, 1.0));
        explained.Safe!.Answer.Guards.ShouldHaveSingleItem().Live.ShouldBe(new LiveRecord("kept", 4, 4), "the baseline stage and both trials since");
        explained.Generalises!.Share.ShouldBe(new Interval(0, 1));
        explained.WouldChange.ShouldHaveSingleItem().ShouldContain("one failed trial");
    }

    [Fact]
    public void Every_scenario_is_shown_before_and_after_with_outcomes_that_are_not_merged()
    {
        var explained = Explain.Of(Ruled(facts.Tried(two: "+?-")));

        explained.Scenarios.Select(row => (row.Scenario, row.Suite)).ShouldBe([("one", Suite.Batch), ("two", Suite.Batch), ("kept", Suite.Corpus)]);
        var two = explained.Scenarios[1];
        two.Before.Outcomes.ShouldBe(new OutcomeTally(0, 3, 0, 0, 0));
        two.After!.Outcomes.ShouldBe(new OutcomeTally(1, 1, 0, 0, 1));
        two.After.PassRate.ShouldBe(Interval.OfRate(1, 2));
        two.After.Mean.ShouldBe(0.5);
    }

    [Theory]
    [InlineData("+++", "---", "++", "a candidate with which every trial passes of: two")]
    [InlineData("+++", "+++", "-+", "leaves kept as it was")]
    [InlineData("+++", "+++", "??", "more trials that can be run, on both versions, of: kept")]
    public void What_would_change_a_refusal_is_said(string one, string two, string kept, string expected) =>
        Explain.Of(Ruled(facts.Tried(one, two, kept))).WouldChange.ShouldContain(line => line.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void A_verdict_that_a_model_lowered_says_so() =>
        Explain.Of(Ruled(facts.Tried(), Verdict.FundamentalLimitModel)).WouldChange.ShouldHaveSingleItem().ShouldContain("another opinion");

    [Fact]
    public void Before_anything_was_tried_it_says_where_it_stands()
    {
        Explain.Of(Fold([facts.Started()])).Reason.ShouldBe("nothing was replayed yet");

        var explained = Explain.Of(Fold(facts.UpTo(Phase.Planning)));
        (explained.Verdict, explained.Reason, explained.Fixed).ShouldBe((null, "no candidate was ruled on yet", null));
        explained.Scenarios.ShouldAllBe(row => row.After == null);
    }

    [Fact]
    public void An_end_before_any_trial_of_a_candidate_is_explained_by_its_reason()
    {
        object[] story = [facts.Started(), facts.Requested(Stage.Baseline), facts.Baseline("++", "++")];

        var explained = Explain.Of(Fold([.. story, Endings.NothingToTry(Fold(story))]));

        (explained.Verdict, explained.Reason).ShouldBe((Verdict.NotReproduced, "none of 2 scenarios fails on aaaaaaaa"));
    }

    [Fact]
    public void The_newest_ruling_is_explained_also_where_it_had_nothing_to_try()
    {
        var first = Ruled(facts.Tried(two: "---"));
        var second = Fold([.. Story(facts.Tried(two: "---")), Rulings.OnTrials(Fold(Story(facts.Tried(two: "---")))), facts.Requested(Stage.Locate, 2), facts.RoleFailed(Stage.Locate, 1, 2)]);

        var explained = Explain.Of(second.Apply(Rulings.WithoutTrials(second), Monday));

        Explain.Of(first).Iteration.ShouldBe(1);
        (explained.Iteration, explained.Fixed).ShouldBe((2, null));
    }

    [Fact]
    public void What_was_ruled_by_the_first_rule_is_explained_by_the_first_rule()
    {
        var judged = Fold(Story(facts.Tried()));

        var explained = Explain.Of(judged.Apply(Rulings.OnTrials(judged, VerdictPolicy.ComparingRates), Monday));

        explained.Policy.ShouldBe(VerdictPolicy.ComparingRates);
        explained.Safe!.Answer.Guards.ShouldBeEmpty("it had none");
    }

    private object[] Story(TrialsCompleted tried, Verdict proposal = Verdict.Converged) =>
    [
        .. facts.UpTo(Phase.Trialing), tried, facts.Requested(Stage.Evaluate), facts.Judged(), facts.Requested(Stage.Verdict), facts.Proposed(proposal),
    ];

    private EvolutionState Ruled(TrialsCompleted tried, Verdict proposal = Verdict.Converged)
    {
        var judged = Fold(Story(tried, proposal));
        return judged.Apply(Rulings.OnTrials(judged), Monday);
    }
}
