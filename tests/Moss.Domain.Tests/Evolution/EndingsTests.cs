using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using static Moss.Domain.Tests.Evolution.EvolutionFacts;

namespace Moss.Domain.Tests.Evolution;

public sealed class EndingsTests
{
    private readonly EvolutionFacts facts = new();

    [Fact]
    public void When_nothing_fails_the_commit_is_named() =>
        Endings.NothingToTry(Fold([facts.Started(), facts.Baseline("++", "++")]))
            .ShouldBe(new EvolutionEnded(Verdict.NotReproduced, "none of 2 scenarios fails on aaaaaaaa", false, false));

    [Fact]
    public void When_nothing_could_be_replayed_nothing_is_said_about_the_version() =>
        Endings.NothingToTry(Fold([facts.Started(), facts.Baseline("??", "??")]))
            .ShouldBe(new EvolutionEnded(Verdict.Inconclusive, "none of 2 scenarios could be replayed", false, false));

    [Fact]
    public void When_fewer_fail_than_a_verdict_needs_it_is_said_before_anyone_is_paid()
    {
        var few = Fold([facts.Started() with { Rules = new(0.05, 0, 1, LeastFailures: 3) }, facts.Baseline("--", "--")]);

        few.IsWorthTrying().ShouldBeFalse();
        Endings.NothingToTry(few).ShouldBe(new EvolutionEnded(
            Verdict.Inconclusive, "only 2 different failures are known, and verdict.leastFailures asks for 3: report more, or lower it", false, false));
    }

    [Fact]
    public void Held_out_failures_count_as_failures_that_are_known() =>
        Fold([facts.Started() with { Rules = new(0.05, 0, 1, LeastFailures: 3) }, facts.Baseline("--", "--", kept: "--")]).IsWorthTrying().ShouldBeTrue();

    [Fact]
    public void A_fault_of_the_environment_is_out_of_scope() =>
        Endings.Environment(Fold([.. facts.UpTo(Phase.Locating), facts.Located(FailureClass.Environment)]))
            .ShouldBe(new EvolutionEnded(
                Verdict.OutOfScope, "the failures come from the environment, not from the code: a guard is missing", false, false));

    [Fact]
    public void Money_is_told_to_the_cent() =>
        Endings.OutOfMoney(Fold([facts.Started(dollars: 1m), facts.Spent(Stage.Locate, dollars: 1.25m)]))
            .ShouldBe(new EvolutionEnded(Verdict.BudgetExhausted, "1.25 of 1.00 dollars are spent", false, false));

    [Fact]
    public void Money_that_is_left_but_not_enough_is_told_apart() =>
        Endings.OutOfMoney(Fold([facts.Started(dollars: 1m), facts.Spent(Stage.Locate, dollars: 0.75m) with { Exhausted = true }])).Reason
            .ShouldBe("0.75 of 1.00 dollars are spent, and another call could have cost more than is left");

    [Theory]
    [InlineData(null, 0.75, "0.75 dollars are spent, and another call could have cost more than the 0.50 that a stage may")]
    [InlineData(3.0, 0.75, "0.75 of 3.00 dollars are spent, and another call could have cost more than the 0.50 that a stage may")]
    [InlineData(1.0, 0.75, "0.75 of 1.00 dollars are spent, and another call could have cost more than is left")]
    public void The_ceiling_of_a_stage_is_told_where_it_was_what_ended_it(double? ceiling, double spent, string reason)
    {
        var started = facts.Started() with { Budget = Budget.Of(Depth.Light) with { Dollars = (decimal?)ceiling, DollarsPerStage = 0.5m } };

        Endings.OutOfMoney(Fold([started, facts.Spent(Stage.Locate, dollars: (decimal)spent) with { Exhausted = true }])).Reason.ShouldBe(reason);
    }

    [Fact]
    public void Time_names_the_stage_that_ran()
    {
        var ended = Endings.OutOfTime(Fold(facts.UpTo(Phase.Planning, facts.Started(wallClock: TimeSpan.FromMinutes(90)))));

        ended.Verdict.ShouldBe(Verdict.BudgetExhausted);
        ended.Reason.ShouldBe($"the wall clock of 01:30:00 ran out in stage {facts.Key(Stage.Plan)}");
    }

    [Fact]
    public void A_final_ruling_ends_with_its_own_words() =>
        Endings.AsRuled(Fold([.. facts.UpTo(Phase.Judging), facts.Ruled(1, Verdict.Plateaued, final: true)]))
            .ShouldBe(new EvolutionEnded(Verdict.Plateaued, "as ruled", false, false));

    [Fact]
    public void Who_stopped_it_is_named() => Endings.Stopped("ann").ShouldBe(new EvolutionEnded(Verdict.Stopped, "stopped by ann", false, false));

    [Fact]
    public void The_stage_that_broke_is_named() =>
        Endings.Broken(Fold(facts.UpTo(Phase.Building)), "no disk").ShouldBe(new EvolutionEnded(Verdict.Failed, "stage Build broke: no disk", false, false));

    [Fact]
    public void What_converged_stays_converged_whatever_becomes_of_its_promotion()
    {
        var state = Fold(facts.UpTo(Phase.Promoting));

        Endings.Promoted(state).ShouldBe(new EvolutionEnded(Verdict.Converged, "as ruled", true, false));
        Endings.RolledBack(state, "no answer").ShouldBe(new EvolutionEnded(Verdict.Converged, "no answer", false, true));
        Endings.NotPromoted(state, "refused").ShouldBe(new EvolutionEnded(Verdict.Converged, "refused", false, false));
    }
}
