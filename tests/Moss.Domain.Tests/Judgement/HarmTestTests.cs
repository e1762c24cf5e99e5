using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

public sealed class HarmTestTests
{
    // By hand; the second is Fisher's lady tasting tea.
    [Theory]
    [InlineData(4, 4, 0, 4, 1.0 / 70)]
    [InlineData(3, 4, 1, 4, 17.0 / 70)]
    [InlineData(2, 2, 2, 2, 1.0)]
    public void Without_a_margin_it_is_Fishers_exact_test(int livePassed, int liveTrials, int passed, int trials, double expected) =>
        P(livePassed, liveTrials, passed, trials).ShouldBe(expected, 1e-12);

    [Fact]
    public void Small_tables_are_counted_one_by_one()
    {
        foreach (var (liveTrials, trials) in from n in Enumerable.Range(1, 7) from m in Enumerable.Range(1, 7) select (n, m))
        {
            foreach (var (livePassed, passed) in from x in Enumerable.Range(0, liveTrials + 1) from y in Enumerable.Range(0, trials + 1) select (x, y))
            {
                P(livePassed, liveTrials, passed, trials).ShouldBe(Counted(livePassed, liveTrials, passed, trials), 1e-10);
            }
        }
    }

    [Theory]
    [InlineData(0.0, 0.05)]
    [InlineData(0.0, 0.01)]
    [InlineData(0.1, 0.05)]
    [InlineData(0.2, 0.02)]
    public void A_candidate_at_the_margin_is_called_worse_at_most_as_often_as_the_level_says_whatever_the_rate(double margin, double level)
    {
        foreach (var (liveTrials, trials) in new[] { (4, 3), (8, 8), (20, 12) })
        {
            var alarms = (
                from x in Enumerable.Range(0, liveTrials + 1)
                from y in Enumerable.Range(0, trials + 1)
                where HarmTest.PValue(new("s", x, liveTrials), y, trials, margin, level) <= level
                select (Live: x, Candidate: y)).ToList();
            foreach (var rate in Enumerable.Range(0, 41).Select(step => margin + ((1 - margin) * step / 40)))
            {
                alarms.Sum(alarm => Enumerated.Binomial(alarm.Live, liveTrials, rate) * Enumerated.Binomial(alarm.Candidate, trials, rate - margin)).ShouldBeLessThanOrEqualTo(level + 1e-9, $"{liveTrials} and {trials} trials at {rate}");
            }
        }
    }

    /// <summary>
    /// All steps of an iteration: the baseline stage, the plan that it leads to, both arms. Given that the scenario shows itself to be
    /// flaky at all, a candidate that changes nothing is called worse no more often than the level, which is therefore shared among
    /// those that show it, and not among the whole corpus.
    /// </summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(5, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 10)]
    public void A_flaky_scenario_raises_a_false_alarm_no_more_often_than_its_share_through_all_steps_of_an_iteration(int least, int flaky)
    {
        var level = Guard.FalseAlarms / flaky;
        var courses = Courses(least, level).ToList();
        foreach (var rate in Enumerable.Range(1, 49).Select(step => step / 50.0))
        {
            var (alarm, shown) = (0.0, 0.0);
            foreach (var (first, second, trials, worst) in courses)
            {
                var chance = Enumerated.Binomial(first, least, rate) * Enumerated.Binomial(second, trials, rate);
                shown += chance;
                alarm += chance * Enumerable.Range(0, worst + 1).Sum(passed => Enumerated.Binomial(passed, trials, rate));
            }

            (alarm / shown).ShouldBeLessThanOrEqualTo(level, $"at {rate}");
        }
    }

    /// <summary>
    /// Passes of the baseline stage, passes of the live arm after it, trials of that arm, and the most passes with which a candidate is
    /// called worse (-1: none); of a scenario that shows itself to be flaky.
    /// </summary>
    private static IEnumerable<(int First, int Second, int Trials, int Worst)> Courses(int least, double level)
    {
        foreach (var first in Enumerable.Range(0, least + 1))
        {
            var known = new LiveRecord("s", first, least);
            var trials = known.Steadiness == Steadiness.Flaky ? Math.Max(least, HarmTest.TrialsToSeeALoss(known, 0, level, TrialPlanner.Cap) ?? least) : least;
            foreach (var second in Enumerable.Range(0, trials + 1))
            {
                var live = new LiveRecord("s", first + second, least + trials);
                if (live.Steadiness == Steadiness.Flaky)
                {
                    var worst = Enumerable.Range(0, trials + 1).Count(passed => new Guard(live, passed, trials, 0) { Level = level }.IsWorse) - 1;
                    yield return (first, second, trials, worst);
                }
            }
        }
    }

    [Fact]
    public void As_many_trials_as_are_asked_for_show_a_complete_loss_and_fewer_do_not()
    {
        var live = new LiveRecord("s", 2, 3);

        var trials = HarmTest.TrialsToSeeALoss(live, 0, 0.05, 20).ShouldNotBeNull();

        P(2 + (2 * trials / 3), 3 + trials, 0, trials).ShouldBeLessThanOrEqualTo(0.05);
        P(2 + (2 * (trials - 1) / 3), 2 + trials, 0, trials - 1).ShouldBeGreaterThan(0.05);
    }

    [Fact]
    public void What_hardly_ever_passes_cannot_be_seen_to_be_lost() =>
        HarmTest.TrialsToSeeALoss(new("s", 1, 12), 0, 0.05, TrialPlanner.Cap).ShouldBeNull();

    private static double P(int livePassed, int liveTrials, int passed, int trials) =>
        HarmTest.PValue(new("s", livePassed, liveTrials), passed, trials, 0, 0.05);

    private static double Counted(int livePassed, int liveTrials, int passed, int trials)
    {
        var all = livePassed + passed;
        return Enumerable.Range(0, passed + 1).Sum(k => Enumerated.Choose(trials, k) * Enumerated.Choose(liveTrials, all - k))
            / Enumerated.Choose(liveTrials + trials, all);
    }
}
