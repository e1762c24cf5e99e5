using Moss.Domain.Judgement;
using Moss.Replays;
using Moss.Trials.Replaying;

namespace Moss.Services.Tests.Trials;

public sealed class TrialPlanTests
{
    [Fact]
    public void Pairs_alternate_which_arm_goes_first_and_rows_take_turns() =>
        TrialPlan.Paired([new("a", "Batch", 3), new("b", "Corpus", 1)]).Select(Show).ShouldBe(
        [
            "a Batch Baseline 0", "a Batch Candidate 0", "b Corpus Baseline 0", "b Corpus Candidate 0",
            "a Batch Candidate 1", "a Batch Baseline 1",
            "a Batch Baseline 2", "a Batch Candidate 2",
        ]);

    [Fact]
    public void Every_pair_has_both_arms_once()
    {
        var plan = TrialPlan.Paired([new("a", "Batch", 5), new("b", "Batch", 2), new("c", "Corpus", 4)]);
        plan.Length.ShouldBe(22);
        plan.GroupBy(trial => (trial.Scenario, trial.Index)).ShouldAllBe(pair => pair.Select(trial => trial.Arm).Order().SequenceEqual(new[] { Arm.Baseline, Arm.Candidate }));
    }

    [Fact]
    public void No_rows_are_no_trials() => TrialPlan.Paired([]).ShouldBeEmpty();

    [Fact]
    public void The_baseline_replays_all_and_marks_what_is_held_out() =>
        TrialPlan.Baseline(["a", "b"], new HashSet<string> { "b" }, 2).Select(Show).ShouldBe(
            ["a Corpus Baseline 0", "b Batch Baseline 0", "a Corpus Baseline 1", "b Batch Baseline 1"]);

    [Fact]
    public void The_first_trial_has_the_scenarios_own_seed_and_the_others_differ()
    {
        var scenario = new Scenario("a", "a", null, []) { Seed = 7 };
        var seeds = Enumerable.Range(0, 50).Select(index => TrialSeed.Of(scenario, 1, index)).ToList();
        seeds[0].ShouldBe(7);
        seeds.Distinct().Count().ShouldBe(50);
        seeds.ShouldAllBe(seed => seed >= 0);
        TrialSeed.Of(scenario, 1, 3).ShouldBe(TrialSeed.Of(scenario, 1, 3));
        TrialSeed.Of(scenario with { Id = "b" }, 1, 3).ShouldNotBe(TrialSeed.Of(scenario, 1, 3));
    }

    [Fact]
    public void Every_iteration_draws_seeds_of_its_own_but_for_the_scenarios()
    {
        var scenario = new Scenario("a", "a", null, [new Grader.Exact("k", 1)]) { Seed = 7 };

        var drawn = Enumerable.Range(0, 4).SelectMany(iteration => Enumerable.Range(1, 5).Select(index => TrialSeed.Of(scenario, iteration, index)));

        drawn.ShouldBeUnique();
        Enumerable.Range(0, 4).ShouldAllBe(iteration => TrialSeed.Of(scenario, iteration, 0) == 7);
    }

    private static string Show(PlannedTrial trial) => $"{trial.Scenario} {trial.Suite} {trial.Arm} {trial.Index}";
}
