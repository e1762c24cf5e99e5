using Moss.Domain.Corpus;

namespace Moss.Domain.Tests.Corpus;

public sealed class QuarantineRuleTests
{
    [Theory]
    [InlineData(0, 5, false, "it always fails: that is no flakiness")]
    [InlineData(5, 5, false, "it always passes")]
    [InlineData(0, 0, false, "nothing is known")]
    [InlineData(1, 2, false, "one failure of two may be a rare one")]
    [InlineData(2, 4, true, "two of four are not")]
    [InlineData(9, 10, false, "one of ten may be a rare one")]
    [InlineData(7, 10, true, "three of ten are not")]
    public void What_both_passes_and_fails_is_quarantined_once_it_is_certain_that_it_does_so_too_often(int passed, int trials, bool tooFlaky, string why) =>
        QuarantineRule.IsTooFlaky(passed, trials).ShouldBe(tooFlaky, why);

    [Fact]
    public void More_failures_never_let_a_scenario_off()
    {
        for (var trials = 2; trials <= 40; trials++)
        {
            var verdicts = Enumerable.Range(1, trials - 1).Select(failed => QuarantineRule.IsTooFlaky(trials - failed, trials)).ToList();
            verdicts.SequenceEqual(verdicts.Order()).ShouldBeTrue($"{trials} trials");
        }
    }

    /// <summary>By enumeration of what a number of trials can show.</summary>
    [Fact]
    public void At_one_look_what_is_tolerated_is_quarantined_with_a_chance_of_five_percent_at_most()
    {
        foreach (var rate in new[] { 0.001, 0.01, 0.03, QuarantineRule.Tolerated })
        {
            foreach (var trials in Enumerable.Range(1, 60))
            {
                var chance = Enumerable.Range(0, trials + 1).Where(failed => QuarantineRule.IsTooFlaky(trials - failed, trials)).Sum(failed => Chance(failed, trials, rate));
                chance.ShouldBeLessThanOrEqualTo(0.05 + 1e-9, $"{trials} trials at {rate}");
            }
        }
    }

    /// <summary>By enumeration of every course: after each baseline of two trials it is looked at again.</summary>
    [Theory]
    [InlineData(0.01, 0.0, 0.02)]
    [InlineData(0.05, 0.0, 0.2)]
    [InlineData(0.3, 0.95, 1)]
    [InlineData(0.5, 0.99, 1)]
    public void Over_twenty_baselines_of_two_trials_rare_failures_are_mostly_borne_and_frequent_ones_are_found(double rate, double least, double most) =>
        EverQuarantined(rate, looks: 20, trials: 2).ShouldBeInRange(least, most);

    [Fact]
    public void It_guards_again_after_so_many_passes_as_it_would_hardly_show_if_nothing_had_changed()
    {
        for (var trials = 2; trials <= 60; trials++)
        {
            for (var passed = 1; passed < trials; passed++)
            {
                if (QuarantineRule.IsTooFlaky(passed, trials))
                {
                    var failing = QuarantineRule.LeastFailing(passed, trials);
                    var needed = QuarantineRule.SteadyTrials(failing);

                    Math.Pow(1 - failing, needed).ShouldBeLessThanOrEqualTo(0.05 + 1e-9);
                    Math.Pow(1 - failing, needed - 1).ShouldBeGreaterThan(0.05 - 1e-9);
                    needed.ShouldBeInRange(1, 59, "at worst as many as show that 5 % are not reached");
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    public void A_rate_that_is_none_is_a_bug_of_the_caller(double rate) => Should.Throw<ArgumentOutOfRangeException>(() => QuarantineRule.SteadyTrials(rate));

    private static double EverQuarantined(double rate, int looks, int trials)
    {
        var free = new Dictionary<int, double> { [0] = 1 };
        for (var look = 1; look <= looks; look++)
        {
            var next = new Dictionary<int, double>();
            foreach (var (failed, chance) in free)
            {
                for (var more = 0; more <= trials; more++)
                {
                    var total = failed + more;
                    if (!QuarantineRule.IsTooFlaky((look * trials) - total, look * trials))
                    {
                        next[total] = next.GetValueOrDefault(total) + (chance * Chance(more, trials, rate));
                    }
                }
            }

            free = next;
        }

        return 1 - free.Values.Sum();
    }

    private static double Chance(int successes, int trials, double rate)
    {
        var ways = 1.0;
        for (var k = 0; k < successes; k++)
        {
            ways *= (double)(trials - k) / (k + 1);
        }

        return ways * Math.Pow(rate, successes) * Math.Pow(1 - rate, trials - successes);
    }
}
