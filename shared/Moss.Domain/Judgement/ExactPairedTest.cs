namespace Moss.Domain.Judgement;

/// <summary>
/// The one-sided exact sign-flip test on paired trials. If the candidate does nothing, the two trials of a pair could as well
/// have been exchanged, so each difference is as likely as its negative; the p-value is the share of all 2^n exchanges whose
/// sum is at least the one seen. No distribution is assumed, and scenarios are strata by themselves, because only trials of
/// one scenario are paired. For pass or fail it is McNemar's exact test.
/// Sources: Fisher, The Design of Experiments (1935), section 21; McNemar, Psychometrika 12 (1947).
/// </summary>
public static class ExactPairedTest
{
    /// <summary>Scores are told apart down to a thousandth.</summary>
    private const double Resolution = 1000;

    /// <summary>Chance to see a gain at least as large when the candidate does nothing; 1 when no pair differs.</summary>
    /// <param name="differences">Candidate minus baseline of each pair, -1 to 1; ties say nothing and are dropped.</param>
    public static double PValue(IEnumerable<double> differences)
    {
        int[] steps = [.. differences.Select(difference => (int)Math.Round(difference * Resolution)).Where(step => step != 0)];
        var observed = steps.Sum();
        var reach = steps.Sum(Math.Abs);

        // chances[s + reach]: chance that the flipped differences so far sum to s.
        var chances = new double[(2 * reach) + 1];
        chances[reach] = 1;
        foreach (var size in steps.Select(Math.Abs))
        {
            chances = Flip(chances, size);
        }

        return Math.Min(1, chances.Skip(observed + reach).Sum());
    }

    /// <summary>The smallest p-value that so many pairs can give: all of them better.</summary>
    public static double SmallestPValue(int pairs) => Math.Pow(0.5, pairs);

    private static double[] Flip(double[] chances, int size)
    {
        var next = new double[chances.Length];
        for (var sum = 0; sum < chances.Length; sum++)
        {
            if (chances[sum] > 0)
            {
                next[sum + size] += chances[sum] / 2;
                next[sum - size] += chances[sum] / 2;
            }
        }

        return next;
    }
}
