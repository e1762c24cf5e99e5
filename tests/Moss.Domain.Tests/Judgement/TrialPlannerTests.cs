using System.Collections.Immutable;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

public sealed class TrialPlannerTests
{
    [Theory]
    [InlineData(8, 2, 0.05, 2)]
    [InlineData(8, 1, 0.05, 1)]
    [InlineData(1, 2, 0.05, 5)]
    [InlineData(1, 2, 0.25, 2)]
    [InlineData(3, 1, 0.0167, 2)]
    [InlineData(1, 5, 0.00625, 8)]
    public void A_batch_is_replayed_often_enough_to_show_a_full_repair(int scenarios, int least, double alpha, int expected) =>
        Batch(scenarios, least, alpha).ShouldAllBe(row => row.Trials == expected);

    [Fact]
    public void Whatever_the_depth_a_full_repair_passes_the_test()
    {
        foreach (var budget in Enum.GetValues<Depth>().Select(Budget.Of))
        {
            var alpha = AlphaSpending.PerIteration(0.05, budget.Iterations);
            foreach (var scenarios in Enumerable.Range(1, 12))
            {
                var pairs = Batch(scenarios, budget.TrialsPerScenario, alpha).Sum(row => row.Trials);

                ExactPairedTest.SmallestPValue(pairs).ShouldBeLessThanOrEqualTo(alpha);
            }
        }
    }

    [Fact]
    public void No_more_is_spent_than_the_power_needs()
    {
        foreach (var scenarios in Enumerable.Range(1, 12))
        {
            var trials = Batch(scenarios, 1, 0.01)[0].Trials;

            (trials == 1 || ExactPairedTest.SmallestPValue((trials - 1) * scenarios) > 0.01).ShouldBeTrue();
        }
    }

    [Fact]
    public void An_error_rate_out_of_reach_ends_at_the_cap_and_is_then_ruled_inconclusive()
    {
        var rows = Batch(1, 2, 1e-9);

        rows.ShouldHaveSingleItem().Trials.ShouldBe(TrialPlanner.Cap);
        var passes = new string('+', TrialPlanner.Cap);
        var verdictCase = Replayed.Case(Replayed.Batch("a", passes.Replace('+', '-'), passes)) with { Alpha = 1e-9 };
        VerdictPolicy.Rule(verdictCase).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void What_is_held_out_is_replayed_as_often_as_the_depth_says() =>
        TrialPlanner.Plan(["a"], ["x", "y"], new(3, 0.001), []).Where(row => row.Suite == Suite.Corpus)
            .ShouldBe([new("x", Suite.Corpus, 3), new("y", Suite.Corpus, 3)]);

    [Fact]
    public void What_is_held_out_and_flaky_is_replayed_until_its_loss_would_be_seen()
    {
        var rows = TrialPlanner.Plan(["a"], ["flaky", "hopeless", "steady"], new(3, 0.05), [new("flaky", 2, 3), new("hopeless", 1, 30), new("steady", 3, 3)]);

        rows[1].Trials.ShouldBe(HarmTest.TrialsToSeeALoss(new("flaky", 2, 3), 0, Guard.FalseAlarms / 2, TrialPlanner.Cap)!.Value);
        rows[1].Trials.ShouldBeGreaterThan(3);
        rows[2].Trials.ShouldBe(3, "no number of trials helps there");
        rows[3].Trials.ShouldBe(3);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(1, 5)]
    public void A_batch_that_fails_only_sometimes_is_replayed_more_often_until_a_full_repair_would_show(int passed, int trials)
    {
        ImmutableArray<LiveRecord> live = [new("a", passed, trials), new("b", passed, trials)];

        var rows = TrialPlanner.Plan(["a", "b"], [], new(2, 0.05), live);

        TrialPlanner.PowerOf(rows, 0.05, live).ShouldBeGreaterThanOrEqualTo(TrialPlanner.PowerWanted);
        TrialPlanner.PowerOf([.. rows.Select(row => row with { Trials = row.Trials - 1 })], 0.05, live).ShouldBeLessThan(TrialPlanner.PowerWanted);
    }

    [Theory]
    [InlineData(0.05, 1, 0.05)]
    [InlineData(0.05, 5, 0.01)]
    public void The_error_rate_is_spent_in_equal_shares(double alpha, int iterations, double share) =>
        AlphaSpending.PerIteration(alpha, iterations).ShouldBe(share, 1e-12);

    [Fact]
    public void The_shares_never_add_up_to_more_than_the_whole() =>
        Enumerable.Range(1, 20).ShouldAllBe(iterations => AlphaSpending.PerIteration(0.05, iterations) * iterations <= 0.05 + 1e-12);

    [Fact]
    public void An_evolution_without_iterations_has_no_share() =>
        Should.Throw<ArgumentOutOfRangeException>(() => AlphaSpending.PerIteration(0.05, 0));

    private static ImmutableArray<TrialPlanRow> Batch(int scenarios, int least, double alpha) =>
        TrialPlanner.Plan([.. Enumerable.Range(0, scenarios).Select(number => $"s{number}")], [], new(least, alpha), []);
}
