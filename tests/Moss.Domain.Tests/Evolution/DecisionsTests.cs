using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using static Moss.Domain.Tests.Evolution.EvolutionFacts;

namespace Moss.Domain.Tests.Evolution;

public sealed class DecisionsTests
{
    private readonly EvolutionFacts facts = new();

    [Fact]
    public void Locating_begins_the_next_iteration_and_every_other_stage_the_next_round()
    {
        var state = Fold(facts.UpTo(Phase.ReviewingPlan));

        state.KeyOnEntering(Stage.Locate).ShouldBe(facts.Key(Stage.Locate, 2));
        state.KeyOnEntering(Stage.Plan).ShouldBe(facts.Key(Stage.Plan, 1, 2));
        state.KeyOnEntering(Stage.ReviewPlan).ShouldBe(facts.Key(Stage.ReviewPlan, 1, 2));
        state.KeyOnEntering(Stage.Implement).ShouldBe(facts.Key(Stage.Implement));
    }

    [Fact]
    public void The_baseline_is_round_one_of_iteration_nought() =>
        Fold([facts.Started()]).KeyOnEntering(Stage.Baseline).ShouldBe(new StageKey(facts.Id, 0, Stage.Baseline, 1));

    [Fact]
    public void Rounds_begin_again_with_the_iteration() =>
        Fold([.. facts.UpTo(Phase.ReviewingCode), facts.Requested(Stage.Locate, 2)]).KeyOnEntering(Stage.Plan).ShouldBe(facts.Key(Stage.Plan, 2));

    [Theory]
    [InlineData(Phase.Baselining, Stage.Baseline)]
    [InlineData(Phase.Locating, Stage.Locate)]
    [InlineData(Phase.Implementing, Stage.Implement)]
    [InlineData(Phase.Promoting, Stage.Promote)]
    public void A_restart_asks_for_the_same_key_again(Phase phase, Stage stage)
    {
        var restarted = Fold([.. facts.UpTo(phase), Endings.Stopped("ann"), new EvolutionRestarted("ann")]);

        restarted.KeyOnEntering(stage).ShouldBe(facts.Key(stage));
    }

    [Fact]
    public void Only_what_runs_now_is_current()
    {
        var state = Fold(facts.UpTo(Phase.Planning));

        state.IsCurrent(facts.Key(Stage.Plan)).ShouldBeTrue();
        state.IsCurrent(facts.Key(Stage.Plan, 1, 2)).ShouldBeFalse();
        state.IsCurrent(facts.Key(Stage.Plan, 2)).ShouldBeFalse();
        state.IsCurrent(facts.Key(Stage.Locate)).ShouldBeFalse();
        state.IsCurrent(new EvolutionFacts(Guid.Empty).Key(Stage.Plan)).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_is_current_once_it_has_ended_or_asks_for_consent()
    {
        Fold([.. facts.UpTo(Phase.Planning), Endings.Stopped("ann")]).IsCurrent(facts.Key(Stage.Plan)).ShouldBeFalse();
        Fold(facts.UpTo(Phase.AwaitingConsent)).IsCurrent(facts.Key(Stage.Verdict)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Depth.Light, 1, true)]
    [InlineData(Depth.Light, 2, false)]
    [InlineData(Depth.Standard, 2, true)]
    [InlineData(Depth.Standard, 3, false)]
    [InlineData(Depth.Deep, 3, true)]
    [InlineData(Depth.Deep, 4, false)]
    public void A_rejected_plan_is_drafted_again_as_often_as_the_depth_says(Depth depth, int round, bool again) =>
        Fold([facts.Started(depth), facts.Requested(Stage.Plan, 1, round)]).MayPlanAgain().ShouldBe(again);

    [Theory]
    [InlineData(Depth.Light, 1, false)]
    [InlineData(Depth.Standard, 1, true)]
    [InlineData(Depth.Standard, 2, false)]
    [InlineData(Depth.Deep, 2, true)]
    [InlineData(Depth.Deep, 3, false)]
    public void A_rejected_change_is_written_again_as_often_as_the_depth_says(Depth depth, int round, bool again) =>
        Fold([facts.Started(depth), facts.Requested(Stage.Implement, 1, round)]).MayWriteAgain().ShouldBe(again);

    [Fact]
    public void Without_money_nothing_is_done_again()
    {
        object[] poor = [facts.Started(Depth.Deep, dollars: 1m), facts.Spent(Stage.Plan, dollars: 1m)];

        Fold([.. poor, facts.Requested(Stage.Plan)]).MayPlanAgain().ShouldBeFalse();
        Fold([.. poor, facts.Requested(Stage.Implement)]).MayWriteAgain().ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void A_stage_that_breaks_for_a_passing_reason_is_asked_for_three_times_more(int breaks, bool again)
    {
        var broken = new StageBroken(facts.Key(Stage.Locate), "disk", true);
        var state = Fold([.. facts.UpTo(Phase.Locating), .. Enumerable.Repeat(broken, breaks)]);

        state.MayTryAgain(transient: true).ShouldBe(again);
        state.MayTryAgain(transient: false).ShouldBeFalse();
    }

    [Fact]
    public void Consent_answers_exactly_the_question_while_it_stands()
    {
        var state = Fold(facts.UpTo(Phase.AwaitingConsent));

        state.IsAnsweredBy(Repair.Commit, Repair.Tree, Image, Monday + Offers.Window).ShouldBeTrue();
        state.IsAnsweredBy(Repair.Commit, Repair.Tree, Image, Monday + Offers.Window + TimeSpan.FromTicks(1)).ShouldBeFalse();
        state.IsAnsweredBy(BaseCommit, Repair.Tree, Image, Monday).ShouldBeFalse();
        state.IsAnsweredBy(Repair.Commit, BaseCommit, Image, Monday).ShouldBeFalse();
        state.IsAnsweredBy(Repair.Commit, Repair.Tree, "sha256:other", Monday).ShouldBeFalse();
        state.IsAnsweredBy(Repair.Commit, Repair.Tree, null, Monday).ShouldBeFalse();
        Fold(facts.UpTo(Phase.Judging)).IsAnsweredBy(Repair.Commit, Repair.Tree, Image, Monday).ShouldBeFalse();
    }

    [Fact]
    public void The_offer_is_the_change_of_the_iteration() => Offers.Of(Fold(facts.UpTo(Phase.Judging))).ShouldBe(facts.Asked());

    [Fact]
    public void Only_a_converged_candidate_is_offered()
    {
        Fold(facts.UpTo(Phase.AwaitingConsent)).HasConverged().ShouldBeTrue();
        var unresolved = Fold([.. facts.UpTo(Phase.Judging), facts.Ruled(1, Verdict.NeedMoreWork)]);
        (unresolved.HasConverged(), unresolved.IsFinal()).ShouldBe((false, false));
        Fold([facts.Started()]).IsFinal().ShouldBeFalse();
    }
}
