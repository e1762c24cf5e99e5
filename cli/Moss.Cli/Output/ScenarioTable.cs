using System.Globalization;
using Moss.Cli.Api;

namespace Moss.Cli.Output;

/// <summary>Before and after, a row per scenario.</summary>
internal static class ScenarioTable
{
    public static void Print(Screen screen, IReadOnlyList<ScenarioView> scenarios) => screen.Table(
        ["scenario", "suite", "before", "after", "trials", "passed before", "passed after (95 % interval)"],
        scenarios.Select(row => new[]
        {
            row.Scenario, row.Suite.ToLowerInvariant(), Score(row.Baseline.Mean), row.Candidate is { } after ? Score(after.Mean) : "",
            row.Candidate is { } both ? Invariant($"{row.Baseline.Trials} + {both.Trials}") : Invariant($"{row.Baseline.Trials}"),
            Invariant($"{row.Baseline.Passed}/{row.Baseline.Trials}"),
            row.Candidate is { } arm ? Invariant($"{arm.Passed}/{arm.Trials} ({arm.Low:0.00} to {arm.High:0.00})") : "",
        }));

    private static string Score(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
