using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using static Moss.Domain.Tests.Evolution.EvolutionFacts;

namespace Moss.Domain.Tests.Evolution;

public sealed class RulingsTests
{
    private readonly EvolutionFacts facts = new();

    [Fact]
    public void What_fails_once_at_baseline_is_reproduced()
    {
        Fold([facts.Started(), facts.Baseline(one: "+-", two: "++")]).Reproduced().ShouldBe(["one"]);
        Fold([facts.Started(), facts.Baseline(one: "??", two: "?-", kept: "--")]).Reproduced().ShouldBe(["two"]);
        Fold([facts.Started(), facts.Baseline(one: "++", two: "??")]).Reproduced().ShouldBeEmpty();
    }

    [Fact]
    public void What_is_reproduced_is_to_be_repaired_and_everything_else_is_guarded()
    {
        var rows = Rulings.TrialRows(Fold([facts.Started(), facts.Baseline(two: "++")]));

        rows.Select(row => (row.Scenario, row.Suite)).ShouldBe([("one", Suite.Batch), ("kept", Suite.Corpus), ("two", Suite.Corpus)]);
        rows[0].Trials.ShouldBeGreaterThan(rows[1].Trials);
    }

    [Fact]
    public void What_is_quarantined_guards_nothing_and_is_repaired_when_it_was_reported()
    {
        var rows = Rulings.TrialRows(Fold([facts.Started() with { Quarantined = ["kept", "one"] }, facts.Baseline(two: "++", kept: "+-")]));

        rows.Select(row => (row.Scenario, row.Suite)).ShouldBe([("one", Suite.Batch), ("two", Suite.Corpus)]);
    }

    [Fact]
    public void A_held_out_failure_that_is_quarantined_makes_no_verdict_possible()
    {
        var three = facts.Started() with { Rules = new(0.05, 0, 1, LeastFailures: 3) };

        Fold([three, facts.Baseline(kept: "+-")]).IsWorthTrying().ShouldBeTrue();
        Fold([three with { Quarantined = ["kept"] }, facts.Baseline(kept: "+-")]).IsWorthTrying().ShouldBeFalse();
    }

    [Fact]
    public void Of_many_guards_those_that_run_files_of_the_plan_are_among_the_first()
    {
        var many = Enumerable.Range(0, 30).Select(number => $"held-{number:00}").ToList();
        var baseline = facts.Baseline() with
        {
            Trials = [.. facts.Baseline().Trials, .. many.Select(scenario => new TrialResult(scenario, Suite.Corpus, Arm.Baseline, 0, TrialOutcome.Passed, 1, []))],
            Touched = [new("held-07", ["agent.py"]), new("held-08", ["other.py"])],
        };

        var rows = Rulings.TrialRows(Fold([facts.Started(), facts.Requested(Stage.Baseline), baseline, facts.Requested(Stage.Plan), facts.Drafted()]));

        rows.Count(row => row is { Suite: Suite.Corpus, Later: false }).ShouldBe(10);
        rows.Count(row => row.Later).ShouldBe(21, "the rest of them, and all before a promotion");
        rows.Single(row => row.Scenario == "held-07").Later.ShouldBeFalse();
        rows.ShouldAllBe(row => row.Suite == Suite.Corpus || !row.Later);
    }

    [Fact]
    public void A_repair_converges_and_is_final()
    {
        var ruled = Rulings.OnTrials(Tried(facts.Tried()));

        (ruled.Verdict, ruled.Final, ruled.BaselineMean, ruled.CandidateMean).ShouldBe((Verdict.Converged, true, 0.0, 1.0));
        ruled.PValue.ShouldBe(1.0 / 64);
        ruled.Alpha.ShouldBe(0.05 / 3);
    }

    [Fact]
    public void Half_a_repair_needs_more_work()
    {
        var ruled = Rulings.OnTrials(Tried(facts.Tried(two: "---")));

        (ruled.Verdict, ruled.Final, ruled.CandidateMean).ShouldBe((Verdict.NeedMoreWork, false, 0.5));
    }

    [Fact]
    public void Too_few_trials_that_count_are_inconclusive_and_final()
    {
        var ruled = Rulings.OnTrials(Tried(facts.Tried(one: "+??", two: "???")));

        (ruled.Verdict, ruled.Final).ShouldBe((Verdict.Inconclusive, true));
    }

    [Fact]
    public void What_an_earlier_iteration_saw_of_a_base_that_was_overtaken_says_nothing_of_the_new_one()
    {
        var second = facts.Key(Stage.Promote, 2);
        object[] earlier = [.. facts.UpTo(Phase.Judging), facts.Proposed(), facts.Ruled(1, Verdict.NeedMoreWork), facts.Requested(Stage.Locate, 2)];
        object[] overtaken = [facts.Overtaken() with { Key = second }, facts.Rebased(), facts.Baseline(kept: "--") with { Key = facts.SecondBaseline }];

        Fold(earlier).LiveUpTo(2, []).ShouldContain(new LiveRecord("kept", 4, 4));
        Fold([.. earlier, .. overtaken]).LiveUpTo(2, []).ShouldContain(new LiveRecord("kept", 0, 2), "it neither was steady here nor is it flaky");
    }

    [Fact]
    public void What_was_best_on_a_base_that_was_overtaken_makes_no_plateau_on_the_new_one()
    {
        object[] earlier = [.. facts.UpTo(Phase.Evaluating), facts.Ruled(1, Verdict.NeedMoreWork), facts.Requested(Stage.Locate, 2)];
        var half = facts.Tried(two: "---", iteration: 2);
        object[] overtaken = [facts.Overtaken() with { Key = facts.Key(Stage.Promote, 2) }, facts.Rebased(), facts.Baseline() with { Key = facts.SecondBaseline }];

        Rulings.OnTrials(Fold([.. earlier, half])).Verdict.ShouldBe(Verdict.Plateaued, "iteration 1 was better in everything");
        Rulings.OnTrials(Fold([.. earlier, .. overtaken, half])).Verdict.ShouldBe(Verdict.NeedMoreWork, "scenario one is better than on the new base");
    }

    [Fact]
    public void Harm_is_regressed_even_where_everything_else_is_repaired()
    {
        var ruled = Rulings.OnTrials(Tried(facts.Tried(kept: "-+")));

        (ruled.Verdict, ruled.Final).ShouldBe((Verdict.Regressed, false));
    }

    [Fact]
    public void The_reason_that_agents_may_see_names_no_held_out_scenario()
    {
        var regressed = Rulings.OnTrials(Tried(facts.Tried(kept: "-+")));
        var untried = Rulings.OnTrials(Tried(facts.Tried(kept: "??")));

        foreach (var ruled in new[] { regressed, untried })
        {
            ruled.Reason.ShouldNotContain("kept");
            ruled.Detail.ShouldContain("kept");
        }
    }

    [Fact]
    public void The_last_iteration_says_that_the_budget_ended_unless_the_candidate_did_harm()
    {
        var unresolved = Rulings.OnTrials(Tried(facts.Tried(two: "---"), iteration: 3));
        (unresolved.Verdict, unresolved.Final).ShouldBe((Verdict.BudgetExhausted, true));
        unresolved.Reason.ShouldStartWith("all 3 iterations are used; the last candidate: ");

        var harmful = Rulings.OnTrials(Tried(facts.Tried(kept: "-+"), iteration: 3));
        (harmful.Verdict, harmful.Final).ShouldBe((Verdict.Regressed, true));
    }

    [Theory]
    [InlineData(Verdict.NeedMoreWork, false)]
    [InlineData(Verdict.FundamentalLimitModel, true)]
    [InlineData(Verdict.FundamentalLimitArchitecture, true)]
    public void A_model_can_lower_the_ruling(Verdict proposal, bool final)
    {
        var ruled = Rulings.OnTrials(Tried(facts.Tried()).Apply(facts.Proposed(proposal), Monday));

        (ruled.Verdict, ruled.Final).ShouldBe((proposal, final));
    }

    [Fact]
    public void A_model_cannot_raise_the_ruling() =>
        Rulings.OnTrials(Tried(facts.Tried(two: "---")).Apply(facts.Proposed(), Monday)).Verdict.ShouldBe(Verdict.NeedMoreWork);

    [Theory]
    [InlineData("NoChange", Verdict.NoChange)]
    [InlineData("OutOfScope", Verdict.OutOfScope)]
    [InlineData("Secret", Verdict.NeedMoreWork)]
    [InlineData("NewDependency", Verdict.NeedMoreWork)]
    [InlineData("TooLarge", Verdict.NeedMoreWork)]
    [InlineData("Unusable", Verdict.NeedMoreWork)]
    public void A_refusal_is_ruled_by_its_ground(string ground, Verdict expected)
    {
        var ruled = Rulings.WithoutTrials(Fold([.. facts.UpTo(Phase.Implementing, facts.Started(Depth.Standard)), facts.Refused(ground)]));

        (ruled.Verdict, ruled.Final, ruled.Reason, ruled.PValue, ruled.CandidateMean).ShouldBe((expected, false, "nothing was changed", null, 0));
    }

    [Theory]
    [InlineData("NoChange", Verdict.NoChange)]
    [InlineData("OutOfScope", Verdict.OutOfScope)]
    [InlineData("Secret", Verdict.BudgetExhausted)]
    public void In_the_last_iteration_a_refusal_that_says_more_than_the_budget_keeps_its_word(string ground, Verdict expected)
    {
        var last = Fold([facts.Started(), facts.Baseline(), facts.Requested(Stage.Implement, 3), facts.Refused(ground)]);

        var ruled = Rulings.WithoutTrials(last);

        (ruled.Verdict, ruled.Final).ShouldBe((expected, true));
    }

    [Fact]
    public void Without_a_word_from_anyone_the_stage_is_named() =>
        Rulings.WithoutTrials(Fold(facts.UpTo(Phase.Planning))).Reason.ShouldBe("stage Plan gave nothing that can be used");

    [Fact]
    public void The_mean_before_counts_only_what_fails() =>
        Rulings.WithoutTrials(Fold([facts.Started(), facts.Baseline(one: "-+", two: "++"), facts.Requested(Stage.Locate)])).BaselineMean.ShouldBe(0.5);

    private EvolutionState Tried(TrialsCompleted trials, int iteration = 1) =>
        Fold([facts.Started(), facts.Baseline(), facts.Requested(Stage.Trial, iteration), facts.Committed(), trials]);
}
