namespace Moss.Cli.Bench.Gate;

/// <summary>The exact one-sided upper limit of a rate (Clopper and Pearson, Biometrika 26 (1934)).</summary>
internal static class UpperLimit
{
    private const int Steps = 60;

    /// <summary>The largest rate at which so few successes still have the chance that the confidence leaves.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">With 0 nothing is known: 1.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    public static double Of(int successes, int trials, double confidence = 0.95)
    {
        if (successes >= trials)
        {
            return 1;
        }

        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < Steps; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = AtMost(successes, trials, middle) > 1 - confidence ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static double AtMost(int successes, int trials, double rate)
    {
        var (sum, log) = (0.0, trials * Math.Log(1 - rate));
        for (var k = 0; k <= successes; k++)
        {
            sum += Math.Exp(log);
            log += Math.Log((double)(trials - k) / (k + 1)) + Math.Log(rate / (1 - rate));
        }

        return sum;
    }
}
