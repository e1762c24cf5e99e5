using System.Collections.Immutable;

namespace Moss.Cli.Bench.Patches;

/// <summary>A candidate, its label, and what was ruled on it.</summary>
internal sealed record PatchRow(string Program, string Candidate, bool Correct, RuledAs VisibleOnly, RuledAs WithCorpus, int Trials);

/// <summary>How often candidates are accepted that are wrong, and refused that are correct.</summary>
/// <param name="VisibleOnly">By what whoever made the candidates could see.</param>
/// <param name="WithCorpus">By the held-out scenarios as well.</param>
/// <param name="Trials">Trials of candidates.</param>
/// <param name="Seconds">Wall clock of this run; trials that an earlier run kept are not in it.</param>
internal sealed record PatchReport(PatchCounts VisibleOnly, PatchCounts WithCorpus, int Trials, double Seconds)
{
    public static PatchReport Of(IReadOnlyList<PatchRow> rows, TimeSpan duration) => new(
        PatchCounts.Of(rows, row => row.VisibleOnly), PatchCounts.Of(rows, row => row.WithCorpus), rows.Sum(row => row.Trials),
        Math.Round(duration.TotalSeconds, 1));
}

/// <summary>Counts under one way to judge.</summary>
/// <param name="Candidates">All of them.</param>
/// <param name="FalseAccepts">Wrong ones that were accepted.</param>
/// <param name="FalseRejects">Correct ones that were refused, whatever for.</param>
/// <param name="FalseAcceptRate">Of the wrong ones, 0 to 1; null when there are none.</param>
/// <param name="FalseRejectRate">Of the correct ones, 0 to 1; null when there are none.</param>
/// <param name="Verdicts">How often each verdict was ruled, or whatever kept a candidate from a ruling.</param>
/// <param name="PerProgram">The same for each program.</param>
/// <param name="Errors">Each false accept and each false reject, with the reason that was given.</param>
internal sealed record PatchCounts(
    int Candidates, int FalseAccepts, int FalseRejects, double? FalseAcceptRate, double? FalseRejectRate,
    IReadOnlyDictionary<string, int> Verdicts, ImmutableArray<ProgramCounts> PerProgram, ImmutableArray<PatchError> Errors)
{
    public static PatchCounts Of(IReadOnlyList<PatchRow> rows, Func<PatchRow, RuledAs> ruled)
    {
        ImmutableArray<ProgramCounts> programs =
        [
            .. rows.GroupBy(row => row.Program).OrderBy(program => program.Key, StringComparer.Ordinal)
                .Select(program => ProgramCounts.Of(program.Key, [.. program], ruled)),
        ];
        var (wrong, correct) = (programs.Sum(program => program.Wrong), programs.Sum(program => program.Correct));
        var (accepts, rejects) = (programs.Sum(program => program.FalseAccepts), programs.Sum(program => program.FalseRejects));
        return new(
            rows.Count, accepts, rejects, Rate(accepts, wrong), Rate(rejects, correct),
            rows.CountBy(row => ruled(row).Verdict).OrderBy(verdict => verdict.Key, StringComparer.Ordinal).ToDictionary(), programs,
            [
                .. rows.Where(row => row.Correct != ruled(row).Accepted)
                    .OrderBy(row => row.Program, StringComparer.Ordinal).ThenBy(row => row.Candidate, StringComparer.Ordinal)
                    .Select(row => new PatchError(row.Program, row.Candidate, row.Correct ? "falseReject" : "falseAccept", ruled(row).Verdict, ruled(row).Reason)),
            ]);
    }

    private static double? Rate(int errors, int of) => of == 0 ? null : Math.Round((double)errors / of, 4);
}

/// <summary>Counts of one program.</summary>
internal sealed record ProgramCounts(string Program, int Candidates, int Correct, int Wrong, int FalseAccepts, int FalseRejects)
{
    public static ProgramCounts Of(string program, IReadOnlyList<PatchRow> rows, Func<PatchRow, RuledAs> ruled) => new(
        program, rows.Count, rows.Count(row => row.Correct), rows.Count(row => !row.Correct),
        rows.Count(row => !row.Correct && ruled(row).Accepted), rows.Count(row => row.Correct && !ruled(row).Accepted));
}

/// <summary>One candidate on which label and verdict disagree.</summary>
internal sealed record PatchError(string Program, string Candidate, string Kind, string Verdict, string Reason);
