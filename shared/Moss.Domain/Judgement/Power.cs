namespace Moss.Domain.Judgement;

/// <summary>
/// What a plan of trials can show, computed before it is spent by enumerating every outcome of pass-or-fail trials; nothing is
/// approximated. The test is <see cref="ExactPairedTest"/>, whose p-value for b pairs better and w worse is the upper tail of b in
/// b + w tosses of a fair coin (McNemar, Psychometrika 12 (1947); its unconditional power: Suissa and Shuster, Biometrics 47 (1991)).
/// </summary>
public static class Power
{
    /// <summary>Fewest pairs better, with none worse, that pass the test.</summary>
    /// <param name="alpha">Above 0, below 1.</param>
    public static int PairsNeeded(double alpha)
    {
        var pairs = 0;
        while (ExactPairedTest.SmallestPValue(pairs) > alpha)
        {
            pairs++;
        }

        return pairs;
    }

    /// <summary>Chance that the test is passed when the arms of a pair pass independently at these rates.</summary>
    /// <param name="pairs">Pairs of trials.</param>
    /// <param name="before">Pass rate of the live version, 0 to 1.</param>
    /// <param name="after">Pass rate of the candidate, 0 to 1.</param>
    /// <param name="alpha">Above 0, below 1.</param>
    public static double OfTest(int pairs, double before, double after, double alpha)
    {
        var (better, worse) = (after * (1 - before), before * (1 - after));
        var sum = 0.0;
        for (var b = 0; b <= pairs; b++)
        {
            for (var w = 0; w <= pairs - b && Tail(b, b + w) <= alpha; w++)
            {
                sum += Binomial.Exactly(b, pairs, better) * Binomial.Exactly(w, pairs - b, better >= 1 ? 0 : Math.Min(1, worse / (1 - better)));
            }
        }

        return Math.Min(1, sum);
    }

    /// <summary>
    /// Chance that a candidate answers "fixed" with yes: every one of its trials passes, and so many of the live version's fail that
    /// the test is passed.
    /// </summary>
    /// <param name="failureRates">Chance that the live version fails, for each pair of trials, 0 to 1.</param>
    /// <param name="after">Pass rate of the candidate, 0 to 1.</param>
    /// <param name="alpha">Above 0, below 1.</param>
    public static double OfRepair(IReadOnlyCollection<double> failureRates, double after, double alpha)
    {
        // chances[k]: chance that k pairs so far are better.
        var chances = new double[failureRates.Count + 1];
        chances[0] = 1;
        foreach (var rate in failureRates)
        {
            for (var k = chances.Length - 1; k >= 0; k--)
            {
                chances[k] = (chances[k] * (1 - rate)) + (k > 0 ? chances[k - 1] * rate : 0);
            }
        }

        return Math.Min(1, Math.Pow(after, failureRates.Count) * chances.Skip(PairsNeeded(alpha)).Sum());
    }

    private static double Tail(int better, int tosses) => better == 0 ? 1 : 1 - Binomial.AtMost(better - 1, tosses, 0.5);
}
