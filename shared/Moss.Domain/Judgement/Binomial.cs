namespace Moss.Domain.Judgement;

/// <summary>The binomial distribution.</summary>
internal static class Binomial
{
    /// <summary>Chance of at most <paramref name="successes"/> in <paramref name="trials"/> at a rate.</summary>
    public static double AtMost(int successes, int trials, double rate)
    {
        if (successes >= trials || rate <= 0)
        {
            return 1;
        }

        if (rate >= 1)
        {
            return 0;
        }

        var (sum, logTerm) = (0.0, trials * Math.Log(1 - rate));
        for (var k = 0; k <= successes; k++)
        {
            sum += Math.Exp(logTerm);
            logTerm += Math.Log((double)(trials - k) / (k + 1)) + Math.Log(rate / (1 - rate));
        }

        return Math.Min(1, sum);
    }

    /// <summary>Chance of exactly so many.</summary>
    public static double Exactly(int successes, int trials, double rate)
    {
        if (rate is <= 0 or >= 1)
        {
            return successes == (rate <= 0 ? 0 : trials) ? 1 : 0;
        }

        var log = (successes * Math.Log(rate)) + ((trials - successes) * Math.Log(1 - rate));
        for (var k = 1; k <= successes; k++)
        {
            log += Math.Log((double)(trials - successes + k) / k);
        }

        return Math.Exp(log);
    }
}
