namespace Moss.Domain.Judgement;

/// <summary>The hypergeometric distribution.</summary>
internal static class Hypergeometric
{
    /// <summary>Chance of at most <paramref name="found"/> of the marked ones among <paramref name="drawn"/> of <paramref name="all"/>.</summary>
    public static double AtMost(int found, int drawn, int marked, int all)
    {
        var least = Math.Max(0, drawn + marked - all);
        var most = Math.Min(drawn, marked);
        if (found >= most)
        {
            return 1;
        }

        var term = Math.Exp(LogChoose(marked, least) + LogChoose(all - marked, drawn - least) - LogChoose(all, drawn));
        var sum = 0.0;
        for (var k = least; k <= found; k++)
        {
            sum += term;
            term *= (double)(drawn - k) * (marked - k) / ((double)(k + 1) * (all - marked - drawn + k + 1));
        }

        return Math.Min(1, sum);
    }

    private static double LogChoose(int all, int some)
    {
        var sum = 0.0;
        for (var k = 1; k <= some; k++)
        {
            sum += Math.Log((double)(all - some + k) / k);
        }

        return sum;
    }
}
