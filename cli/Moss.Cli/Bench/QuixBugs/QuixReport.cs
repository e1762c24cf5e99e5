namespace Moss.Cli.Bench.QuixBugs;

/// <summary>One program. <paramref name="Right"/> is null when nothing was promoted.</summary>
internal sealed record QuixRow(
    string Program, string Verdict, bool? Right, int Iterations, double BaselineMean, double CandidateMean, double Seconds, string Reason);

/// <summary>All programs. A promoted change that is wrong on the truth is named.</summary>
internal sealed record QuixReport(IReadOnlyList<QuixRow> Programs, QuixTotal Total, IReadOnlyList<string> Wrong)
{
    public const string TooFewCases = nameof(TooFewCases);

    public static QuixReport Of(IReadOnlyList<QuixRow> rows, TimeSpan duration)
    {
        var ran = rows.Where(row => row.Verdict is not (TooFewCases or "NotReproduced")).ToList();
        return new(
            rows,
            new(
                rows.Count, rows.Count(row => row.Right == true), rows.Count(row => row.Right == false), ran.Count(row => row.Right is null),
                rows.Count(row => row.Verdict == "NotReproduced"), rows.Count(row => row.Verdict == TooFewCases),
                Mean(ran.Select(row => row.BaselineMean)), Mean(ran.Select(row => row.CandidateMean)), Math.Round(duration.TotalSeconds, 1)),
            [.. rows.Where(row => row.Right == false).Select(row => row.Program)]);
    }

    private static double Mean(IEnumerable<double> values) => Math.Round(values.DefaultIfEmpty(0).Average(), 3);
}

internal sealed record QuixTotal(
    int Programs, int PromotedRight, int PromotedWrong, int Refused, int NotReproduced, int TooFewCases, double BaselineMean, double CandidateMean,
    double Seconds);
