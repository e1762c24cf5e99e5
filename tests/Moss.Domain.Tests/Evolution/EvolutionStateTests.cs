using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using static Moss.Domain.Tests.Evolution.EvolutionFacts;

namespace Moss.Domain.Tests.Evolution;

public sealed class EvolutionStateTests
{
    private readonly EvolutionFacts facts = new();

    [Theory]
    [InlineData(Phase.Baselining)]
    [InlineData(Phase.Locating)]
    [InlineData(Phase.Planning)]
    [InlineData(Phase.ReviewingPlan)]
    [InlineData(Phase.Implementing)]
    [InlineData(Phase.ReviewingCode)]
    [InlineData(Phase.Building)]
    [InlineData(Phase.Trialing)]
    [InlineData(Phase.Evaluating)]
    [InlineData(Phase.Judging)]
    [InlineData(Phase.AwaitingConsent)]
    [InlineData(Phase.Promoting)]
    [InlineData(Phase.Rebasing)]
    public void The_shortest_way_leads_to_each_phase(Phase phase) => Fold(facts.UpTo(phase)).Phase.ShouldBe(phase);

    [Fact]
    public void What_was_found_is_kept_until_the_iteration_ends()
    {
        var state = Fold(facts.UpTo(Phase.AwaitingConsent));

        state.Diagnosis!.Artifact.ShouldBe("diagnosis-1");
        state.Plan!.Artifact.ShouldBe("plan-1");
        state.Change.ShouldBe(Repair);
        state.Trials.Length.ShouldBe(4 * Pairs + 4);
        state.Proposal!.Verdict.ShouldBe(Verdict.Converged);
        state.ResultsArtifact.ShouldBe("results-2");
        state.Iterations.ShouldHaveSingleItem().Change.ShouldBe(Repair);
    }

    [Fact]
    public void The_next_iteration_begins_with_nothing_but_the_attempts()
    {
        var state = Fold([.. facts.UpTo(Phase.Judging), facts.Proposed(Verdict.NeedMoreWork), facts.Ruled(1, Verdict.NeedMoreWork), facts.Requested(Stage.Locate, 2)]);

        state.Iteration.ShouldBe(2);
        state.Diagnosis.ShouldBeNull();
        state.Plan.ShouldBeNull();
        state.Change.ShouldBeNull();
        state.Feedback.ShouldBeNull();
        state.Refusal.ShouldBeNull();
        state.Proposal.ShouldBeNull();
        state.Trials.ShouldBeEmpty();
        state.Rounds.ShouldHaveSingleItem().Key.ShouldBe(Stage.Locate);
        state.Baseline.ShouldNotBeEmpty();
        state.Iterations.ShouldHaveSingleItem().Trials.ShouldNotBeEmpty();
    }

    [Fact]
    public void What_another_evolution_promoted_is_the_base_from_then_on()
    {
        var before = Fold(facts.UpTo(Phase.Promoting));
        var overtaken = Fold(facts.UpTo(Phase.Rebasing));

        (before.Base, overtaken.Base).ShouldBe((BaseCommit, Overtaker));
        overtaken.Change.ShouldBe(Repair);
        Fold([.. facts.UpTo(Phase.Promoting), new PromotionRefused(facts.Key(Stage.Promote), "NotReady", "it is stopped")]).Base.ShouldBe(BaseCommit);
    }

    [Fact]
    public void A_moved_change_has_everything_to_show_again()
    {
        var state = Fold([.. facts.UpTo(Phase.Rebasing), facts.Rebased()]);

        (state.Change, state.IsRebased, state.Image, state.Proposal).ShouldBe((Moved, true, null, null));
        state.Trials.ShouldBeEmpty();
        state.KeyOnEntering(Stage.Baseline).ShouldBe(facts.SecondBaseline);
        state.KeyOnEntering(Stage.Build).ShouldBe(facts.Key(Stage.Build, round: 2));
        state.Apply(facts.Built(), Monday).IsRebased.ShouldBeFalse("it is verified from here as any other");
    }

    [Fact]
    public void A_consent_to_the_change_as_it_was_does_not_count_for_the_moved_one()
    {
        var asked = new ConsentRequested(Moved.Commit, Moved.Tree, Moved.DiffArtifact, Offers.Window, Image);
        var state = Fold([.. facts.UpTo(Phase.Rebasing), facts.Rebased(), asked]);

        state.IsAnsweredBy(Repair.Commit, Repair.Tree, Image, Monday).ShouldBeFalse();
        state.IsAnsweredBy(Moved.Commit, Moved.Tree, Image, Monday).ShouldBeTrue();
    }

    [Fact]
    public void The_base_is_known_by_the_stage_that_measured_it_last()
    {
        var again = facts.Baseline() with { Key = facts.SecondBaseline };

        Fold(facts.UpTo(Phase.Baselining)).BaselineKey.ShouldBeNull();
        Fold(facts.UpTo(Phase.Locating)).BaselineKey.ShouldBe(facts.Key(Stage.Baseline));
        Fold([.. facts.UpTo(Phase.Rebasing), facts.Rebased(), again]).BaselineKey.ShouldBe(facts.SecondBaseline);
    }

    [Fact]
    public void Why_a_round_was_rejected_is_told_to_the_next_one_and_forgotten_when_it_is_approved()
    {
        object[] rejected = [.. facts.UpTo(Phase.ReviewingPlan), facts.PlanRejected()];

        Fold(rejected).Feedback.ShouldBe("another file is at fault");
        Fold([.. rejected, facts.Requested(Stage.Plan, 1, 2), facts.Drafted(2), facts.Requested(Stage.ReviewPlan, 1, 2), facts.PlanApproved(2)])
            .Feedback.ShouldBeNull();
    }

    [Fact]
    public void A_refused_change_is_no_change_and_a_later_one_takes_the_refusal_back()
    {
        var refused = Fold([.. facts.UpTo(Phase.Implementing), facts.Refused("OutOfScope")]);

        (refused.Change, refused.Refusal).ShouldBe((null, "OutOfScope"));
        var written = refused.Apply(facts.Committed(2), Monday);
        (written.Change, written.Refusal).ShouldBe((Repair, null));
    }

    [Fact]
    public void Money_adds_up_and_what_is_left_is_never_below_nothing()
    {
        var state = Fold([facts.Started(dollars: 1m), facts.Spent(Stage.Locate, dollars: 0.4m), facts.Spent(Stage.Plan, dollars: 0.4m)]);
        (state.Spent, state.DollarsLeft, state.HasMoney).ShouldBe((0.8m, 0.2m, true));

        state.Apply(facts.Spent(Stage.Plan, dollars: 0) with { Exhausted = true }, Monday).Apply(facts.Spent(Stage.Plan, dollars: 0), Monday).HasMoney
            .ShouldBeFalse("a call was refused for what is left");

        var over = state.Apply(facts.Spent(Stage.Plan, dollars: 0.4m), Monday);
        (over.Spent, over.DollarsLeft, over.HasMoney).ShouldBe((1.2m, 0m, false));
    }

    [Fact]
    public void Without_a_ceiling_there_is_always_money() =>
        Fold([facts.Started(), facts.Spent(Stage.Locate, dollars: 1_000_000m)]).HasMoney.ShouldBeTrue();

    [Fact]
    public void An_iteration_that_is_ruled_on_again_is_counted_once()
    {
        var state = Fold([.. facts.UpTo(Phase.AwaitingConsent), facts.Ruled(1, Verdict.NeedMoreWork)]);

        state.Iterations.ShouldHaveSingleItem().Ruling.Verdict.ShouldBe(Verdict.NeedMoreWork);
    }

    [Fact]
    public void Breaks_are_counted_for_one_stage_and_forgotten_with_it()
    {
        object[] broken = [.. facts.UpTo(Phase.Locating), new StageBroken(facts.Key(Stage.Locate), "disk", true)];

        Fold(broken).Breaks.ShouldBe(1);
        Fold([.. broken, facts.Requested(Stage.Locate)]).Breaks.ShouldBe(1);
        Fold([.. broken, facts.Requested(Stage.Locate), facts.Located(), facts.Requested(Stage.Plan)]).Breaks.ShouldBe(0);
    }

    [Fact]
    public void A_restart_takes_the_ending_back_and_begins_the_wall_clock_again()
    {
        var later = Monday.AddHours(3);
        var stopped = Fold([.. facts.UpTo(Phase.Planning), new StopRequested("ann"), Endings.Stopped("ann")]);
        (stopped.Phase, stopped.RunningSince).ShouldBe((Phase.Stopped, Monday));

        var restarted = stopped.Apply(new EvolutionRestarted("ann"), later);

        restarted.Ending.ShouldBeNull();
        restarted.Resuming.ShouldBeTrue();
        (restarted.StartedAt, restarted.RunningSince).ShouldBe((Monday, later));
        restarted.Apply(facts.Requested(Stage.Plan), later).Resuming.ShouldBeFalse();
    }

    [Fact]
    public void What_it_does_not_know_changes_nothing()
    {
        var state = Fold(facts.UpTo(Phase.Planning));

        state.Apply("something else", Monday).ShouldBeSameAs(state);
    }

    [Theory]
    [InlineData(Verdict.Converged, true, false, Phase.Promoted)]
    [InlineData(Verdict.Converged, false, true, Phase.RolledBack)]
    [InlineData(Verdict.Converged, false, false, Phase.Concluded)]
    [InlineData(Verdict.Plateaued, false, false, Phase.Concluded)]
    [InlineData(Verdict.Stopped, false, false, Phase.Stopped)]
    [InlineData(Verdict.Failed, false, false, Phase.Failed)]
    public void The_ending_says_where_it_stands(Verdict verdict, bool promoted, bool rolledBack, Phase expected)
    {
        var phase = Fold([.. facts.UpTo(Phase.Planning), new EvolutionEnded(verdict, "so it is", promoted, rolledBack)]).Phase;

        phase.ShouldBe(expected);
        phase.IsTerminal().ShouldBeTrue();
        phase.CanRestart().ShouldBe(expected is Phase.Stopped or Phase.Failed);
    }

    [Fact]
    public void An_image_belongs_to_one_change_alone()
    {
        var facts = new EvolutionFacts();
        var built = EvolutionFacts.Fold(facts.UpTo(Phase.Trialing));

        built.Image.ShouldBe(EvolutionFacts.Image);
        built.Apply(facts.Committed(round: 2), EvolutionFacts.Monday).Image.ShouldBeNull();
        built.Apply(facts.Refused(), EvolutionFacts.Monday).Image.ShouldBeNull();
        built.Apply(facts.Requested(Stage.Locate, iteration: 2), EvolutionFacts.Monday).Image.ShouldBeNull();
    }

    [Fact]
    public void Every_stage_has_a_phase_of_its_own_that_is_not_an_end()
    {
        var phases = Enum.GetValues<Stage>().Select(Phases.Of).ToList();

        phases.ShouldBeUnique();
        phases.ShouldAllBe(phase => !phase.IsTerminal());
        Should.Throw<ArgumentOutOfRangeException>(() => Phases.Of((Stage)99));
    }
}
