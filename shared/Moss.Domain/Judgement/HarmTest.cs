namespace Moss.Domain.Judgement;

/// <summary>
/// The one-sided test that a candidate passes a scenario less often than the live version does, by more than a margin. It is exact:
/// whatever the live version's pass rate, a candidate that is no worse than the margin allows is called worse with at most the
/// chance of the level.
/// Sources: margin 0 is Fisher's exact test (Fisher, J. Royal Statistical Society 98 (1935); given how many of all trials passed,
/// the candidate's share of them is hypergeometric). With a margin the unknown rate does not cancel out, so half of the level is
/// spent on a lower limit of it (Clopper and Pearson, Biometrika 26 (1934)) and half on the binomial tail at that limit less the
/// margin (Berger and Boos, J. American Statistical Association 89 (1994)).
/// </summary>
public static class HarmTest
{
    /// <summary>Chance to see so few passes of a candidate that is no worse.</summary>
    /// <param name="live">Trials of the live version.</param>
    /// <param name="passed">Passes of the candidate, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials of the candidate that count.</param>
    /// <param name="margin">How far its pass rate may fall, 0 to 1.</param>
    /// <param name="level">What the p-value will be compared with, above 0 and below 1; matters only with a margin.</param>
    public static double PValue(LiveRecord live, int passed, int trials, double margin, double level)
    {
        if (margin <= 0)
        {
            return Hypergeometric.AtMost(passed, trials, live.Passed + passed, live.Trials + trials);
        }

        var spent = level / 2;
        var lowest = Interval.OfRate(live.Passed, live.Trials, 1 - (2 * spent)).Low;
        return Math.Min(1, spent + Binomial.AtMost(passed, trials, Math.Max(0, lowest - margin)));
    }

    /// <summary>
    /// Fewest trials on each arm with which a candidate that never passes is called worse, when the live version goes on as it is
    /// known; null when <paramref name="most"/> are too few.
    /// </summary>
    public static int? TrialsToSeeALoss(LiveRecord live, double margin, double level, int most)
    {
        for (var trials = 1; trials <= most; trials++)
        {
            var expected = live with { Passed = live.Passed + (int)(live.Rate * trials), Trials = live.Trials + trials };
            if (PValue(expected, 0, trials, margin, level) <= level)
            {
                return trials;
            }
        }

        return null;
    }
}
