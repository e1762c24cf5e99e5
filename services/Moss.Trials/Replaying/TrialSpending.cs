using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.ModelProxy;

namespace Moss.Trials.Replaying;

/// <summary>What trials paid for models. Pure.</summary>
internal static class TrialSpending
{
    private const int Arms = 2;

    /// <summary>What one trial may pay, so that all that the stage may come to run cannot pass what is left together.</summary>
    /// <param name="stage">Which.</param>
    /// <param name="handedOut">Trials that are handed out now; of a candidate there may come more after a look.</param>
    public static decimal? ShareOf(RunTrials stage, int handedOut) => stage.DollarsLeft / Math.Max(handedOut, stage.Rows.Sum(row => row.Trials) * Arms);

    /// <summary>Of one trial.</summary>
    public static Spending Of(string upstream, ModelSpending spending, TimeSpan duration) => new(
        $"trials ({upstream})", spending.Dollars, spending.TokensIn, spending.TokensOut, duration.TotalSeconds, spending.Refused > 0);

    /// <summary>Of a stage; null when none of its trials reaches a model.</summary>
    public static Spending? Of(IEnumerable<TrialReport> reports) =>
        reports.Select(report => report.Spending).OfType<Spending>().Aggregate((Spending?)null, (sum, one) => sum is null ? one : new(
            one.Agent, sum.Dollars + one.Dollars, sum.TokensIn + one.TokensIn, sum.TokensOut + one.TokensOut, sum.Seconds + one.Seconds,
            sum.Exhausted || one.Exhausted));
}
