namespace Moss.Cli.Bench.Gate;

/// <summary>One evolution with candidates that do nothing.</summary>
/// <param name="Run">1, 2, 3 …</param>
/// <param name="Rate">Chance that a trial passes, of every version.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="NotReproduced">Evolutions before it whose failures did not show.</param>
internal sealed record AaRow(int Run, double Rate, GateOutcome Outcome, int NotReproduced);

/// <summary>How often the gate would have promoted a change that does nothing.</summary>
internal sealed record AaReport(
    string Defect, int Runs, int Promoted, double PromotedRate, double PromotedUpper95, int NotReproduced, IReadOnlyDictionary<string, int> Verdicts,
    IReadOnlyList<AaRateRow> Rates, int Iterations, int Trials, string Depth, int Seed, double Seconds)
{
    public static AaReport Of(AaOptions options, IReadOnlyList<AaRow> rows, TimeSpan duration)
    {
        var ruled = rows.Where(row => row.Outcome.Verdict != "NotReproduced").ToList();
        var promoted = ruled.Count(row => row.Outcome.Offered);
        return new(
            options.Defect, ruled.Count, promoted, ruled.Count == 0 ? 0 : Math.Round((double)promoted / ruled.Count, 4),
            Math.Round(UpperLimit.Of(promoted, ruled.Count), 4), rows.Sum(row => row.NotReproduced) + rows.Count - ruled.Count,
            ruled.CountBy(row => row.Outcome.Verdict).OrderBy(verdict => verdict.Key, StringComparer.Ordinal).ToDictionary(),
            [
                .. ruled.GroupBy(row => row.Rate).OrderBy(rate => rate.Key)
                    .Select(rate => new AaRateRow(rate.Key, rate.Count(), rate.Count(row => row.Outcome.Offered))),
            ],
            ruled.Sum(row => row.Outcome.Iterations), ruled.Sum(row => row.Outcome.Trials), options.Depth, options.Seed, Math.Round(duration.TotalSeconds, 1));
    }
}

internal sealed record AaRateRow(double Rate, int Runs, int Promoted);
