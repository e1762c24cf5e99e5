using Moss.Domain.Judgement;
using Moss.PatchGate.Trying;
using Moss.Replays;

namespace Moss.Cli.Tests.Bench.Patches;

public sealed class TrialScheduleTests
{
    [Theory]
    [InlineData(0.05, 6)]
    [InlineData(0.5, 3)]
    [InlineData(0.003, 10)]
    public void So_many_pairs_that_a_light_evolution_could_accept(double alpha, int pairs) => TrialSchedule.PairsNeeded(alpha).ShouldBe(pairs);

    [Theory]
    [InlineData(1, 6, 6)]
    [InlineData(2, 3, 6)]
    [InlineData(4, 2, 8)]
    [InlineData(7, 1, 7)]
    public void Visible_failures_are_the_batch_and_share_the_pairs(int failures, int rounds, int trials)
    {
        Scenario[] scenarios = [.. Enumerable.Range(0, failures).Select(number => Scenario($"f{number}", visible: true))];

        var schedule = TrialSchedule.Of([.. scenarios], scenarios.Select(scenario => scenario.Id).ToHashSet(), 0.05);

        schedule.Batch.Length.ShouldBe(trials);
        schedule.Batch.Max(trial => trial.Index).ShouldBe(rounds - 1);
        schedule.Batch.ShouldAllBe(trial => trial.Suite == Suite.Batch);
    }

    [Fact]
    public void What_passes_and_what_is_held_out_guards_visible_scenarios_first()
    {
        var schedule = TrialSchedule.Of(
            [Scenario("a-held-out"), Scenario("b-failing", visible: true), Scenario("c-passing", visible: true), Scenario("d-held-out")],
            new HashSet<string> { "a-held-out", "b-failing" }, 0.05);

        schedule.Guards.Select(trial => (trial.Scenario.Id, trial.Suite, trial.Index)).ShouldBe(
            [("c-passing", Suite.Corpus, 0), ("a-held-out", Suite.Corpus, 0), ("d-held-out", Suite.Corpus, 0)]);
    }

    [Fact]
    public void Without_a_visible_failure_there_is_no_batch() =>
        TrialSchedule.Of([Scenario("a", visible: true), Scenario("b")], new HashSet<string> { "b" }, 0.05).Batch.ShouldBeEmpty();

    private static Scenario Scenario(string id, bool visible = false) => new(id, id, null, []) { Tags = visible ? ["visible"] : [] };
}
