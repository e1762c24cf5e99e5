namespace Moss.Domain.Judgement;

/// <summary>An interval for a rate, 0 to 1.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>
    /// The exact interval for a pass rate: it holds the true rate with at least the given confidence, whatever the rate.
    /// Source: Clopper and Pearson, Biometrika 26 (1934).
    /// </summary>
    /// <param name="passed">Passes, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials; with 0 nothing is known and the interval is 0 to 1.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    public static Interval OfRate(int passed, int trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(passed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passed, trials);
        var tail = (1 - confidence) / 2;
        var low = passed == 0 ? 0 : Solve(rate => 1 - Binomial.AtMost(passed - 1, trials, rate), tail);
        var high = passed == trials ? 1 : Solve(rate => -Binomial.AtMost(passed, trials, rate), -tail);
        return new(low, high);
    }

    /// <summary>
    /// The exact one-sided limit: the true rate is above it with at most the chance that the confidence leaves, whatever the rate.
    /// Source: as of <see cref="OfRate"/>, with the whole error on one side.
    /// </summary>
    /// <param name="passed">Passes, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials; with 0 the limit is 1.</param>
    /// <param name="confidence">Above 0.5, below 1.</param>
    public static double UpperLimit(int passed, int trials, double confidence = 0.95) => OfRate(passed, trials, (2 * confidence) - 1).High;

    /// <summary>The rate at which a rising function reaches a target, by bisection to the precision of a double.</summary>
    private static double Solve(Func<double, double> rising, double target)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = rising(middle) < target ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
