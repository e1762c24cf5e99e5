using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.ModelProxy;
using Moss.Substrates;

namespace Moss.Trials.Replaying;

/// <summary>What trials paid for models. Pure.</summary>
internal static class TrialSpending
{
    private const int Arms = 2;

    /// <summary>What one trial may pay, so that all that the stage may come to run cannot pass what is left together.</summary>
    /// <param name="stage">Which.</param>
    /// <param name="handedOut">Trials that are handed out now; of a candidate there may come more after a look.</param>
    public static decimal? ShareOf(RunTrials stage, int handedOut) => stage.DollarsLeft / Math.Max(handedOut, stage.Rows.Sum(row => row.Trials) * Arms);

    /// <summary>Of one trial: its own model, and the judge of what it left.</summary>
    /// <param name="declaration">Of the substrate.</param>
    /// <param name="paid">By both together; null when it reaches neither.</param>
    /// <param name="duration">Wall clock of the trial.</param>
    public static Spending? Of(SubstrateDeclaration declaration, ModelSpending? paid, TimeSpan duration) => paid is null ? null : new(
        declaration.Trial.Model is { } model ? $"trials ({model.Upstream})" : Judge(declaration.Judge!),
        paid.Dollars, paid.TokensIn, paid.TokensOut, duration.TotalSeconds, paid.Refused > 0, paid.Estimated, paid.Model);

    /// <summary>Who is paid for votes.</summary>
    public static string Judge(JudgeDeclaration judge) => $"judge ({judge.Model.Upstream})";

    /// <summary>Both together; null when there is neither.</summary>
    public static ModelSpending? Sum(ModelSpending? one, ModelSpending? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        _ => new(
            one.Dollars + other.Dollars, one.TokensIn + other.TokensIn, one.TokensOut + other.TokensOut, one.Calls + other.Calls, one.Refused + other.Refused,
            one.Estimated || other.Estimated, one.Unpriced || other.Unpriced)
        {
            Model = ModelNames.Both(one.Model, other.Model),
        },
    };

    /// <summary>Of a stage; null when none of its trials reaches a model.</summary>
    /// <param name="reports">Of its trials.</param>
    /// <param name="before">What was paid before the first of them; null for nothing.</param>
    public static Spending? Of(IEnumerable<TrialReport> reports, Spending? before = null) =>
        reports.Select(report => report.Spending).Prepend(before).OfType<Spending>().Aggregate((Spending?)null, (sum, one) => sum is null ? one : new(
            one.Agent, sum.Dollars + one.Dollars, sum.TokensIn + one.TokensIn, sum.TokensOut + one.TokensOut, sum.Seconds + one.Seconds,
            sum.Exhausted || one.Exhausted, sum.Estimated || one.Estimated, ModelNames.Both(sum.Model, one.Model)));
}
