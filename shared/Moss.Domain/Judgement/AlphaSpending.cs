namespace Moss.Domain.Judgement;

/// <summary>
/// How the error rate of a whole evolution is spent over its iterations: in equal shares, so that by Bonferroni's inequality
/// the chance that any of them promotes a change that does nothing stays at or below the total.
/// </summary>
public static class AlphaSpending
{
    /// <summary>The share of one iteration.</summary>
    /// <param name="alpha">Total, above 0 and below 1.</param>
    /// <param name="iterations">How many there can be, 1 or more.</param>
    public static double PerIteration(double alpha, int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        return alpha / iterations;
    }
}
