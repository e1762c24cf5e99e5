using Moss.AgentTools.Search;
using Moss.AgentTools.Search.Driver;
using Moss.AgentTools.Search.Localisation;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Roles;

/// <summary>Change the code: the mutation search, within the time of the assignment.</summary>
internal static class ImplementRole
{
    private const double ForDiagnosedLine = 0.2;

    /// <summary>Share of the whole time that one replay may take while the scenarios are measured.</summary>
    private const double LongestReplay = 0.1;

    public static async Task<ImplementReport> RunAsync(Desk desk, CancellationToken cancellationToken)
    {
        var started = desk.Clock.GetTimestamp();
        using var clock = new CancellationTokenSource(TimeToSearch(desk.Assignment), desk.Clock);
        using var timeUp = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        var tree = desk.ReadTree();
        try
        {
            var runner = new Runner(desk.Replays, [.. desk.Assignment.Scenarios.Select(s => s.Id)], desk.WithCoverage)
            {
                AtOnce = desk.AtOnce,
                LongestReplay = desk.Assignment.TimeoutSeconds * LongestReplay,
            };
            var before = await runner.MeasureAsync(tree, timeUp.Token);
            var carried = await CarryOnAsync(desk, tree, before, runner, timeUp.Token);
            var search = new RepairSearch(
                runner,
                new Ranking(desk.Languages, Hints(desk, carried.Board.Results.Values, tree)),
                new Profiler(runner, desk.Languages),
                new Preference(Proposed(desk, tree)),
                Effort.Usual with { AtOnce = desk.AtOnce })
            {
                Log = desk.Log,
            };
            var repair = (await search.RunAsync(carried.Tree, carried.Board, timeUp.Token)) with { Before = before, CarriesOn = carried.Iteration };
            cancellationToken.ThrowIfCancellationRequested();
            if (repair.Steps.Length > 0)
            {
                desk.Write(repair.Tree);
            }

            var report = CommitMessage.Of(repair, desk.Clock.GetElapsedTime(started));
            await desk.Log.WriteLineAsync($"{report.Subject}\n\n{report.Body}");
            return report;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ImplementReport("No change found", "The time was up before the scenarios had been replayed once.");
        }
    }

    /// <summary>What is left after a margin to write the result: a tenth, at least 2 seconds, at most 30.</summary>
    private static TimeSpan TimeToSearch(Assignment assignment)
    {
        if (assignment.TimeoutSeconds <= 0)
        {
            return TimeSpan.FromMinutes(10);
        }

        var margin = Math.Clamp(assignment.TimeoutSeconds * 0.1, 2, 30);
        return TimeSpan.FromSeconds(Math.Max(assignment.TimeoutSeconds * 0.5, assignment.TimeoutSeconds - margin));
    }

    private static Func<Mutant, double> Hints(Desk desk, IEnumerable<TryResult> results, SourceTree tree)
    {
        var crashes = Crash.Of(results, [.. tree.Paths]);
        var diagnosed = desk.Diagnosis is { Files.IsDefault: false } diagnosis
            ? diagnosis.Files.SelectMany(f => (f.Lines.IsDefault ? [] : f.Lines).Select(l => (f.Path, Range: l))).ToList()
            : [];
        return mutant => crashes.Select(crash => CrashHints.Of(crash, mutant)).DefaultIfEmpty().Max()
            + (diagnosed.Exists(d => d.Path == mutant.Path && d.Range.Start <= mutant.LastLine && mutant.FirstLine <= d.Range.End) ? ForDiagnosedLine : 0);
    }

    /// <summary>
    /// Where to start: with the earlier candidate that repaired most of the batch, when that is what it was refused for; else with the tree as
    /// it is. One that broke something is not built on, and one that passed the whole batch was not the answer.
    /// </summary>
    private static async Task<Start> CarryOnAsync(Desk desk, SourceTree tree, Scoreboard before, Runner runner, CancellationToken cancellationToken)
    {
        var best = new Start(tree, before, 0);
        foreach (var attempt in desk.Assignment.Attempts.Where(a => a.IsOnlyIncomplete))
        {
            var made = Made(attempt, tree);
            var board = made.SameAs(tree) ? before : await runner.MeasureAsync(made, cancellationToken);
            if (!board.AllPass && before.IsKeptBy(board) && board.Value > best.Board.Value)
            {
                best = new Start(made, board, attempt.Iteration);
            }
        }

        return best;
    }

    /// <summary>The trees that earlier candidates made of this one.</summary>
    private static List<SourceTree> Proposed(Desk desk, SourceTree tree) =>
        [.. desk.Assignment.Attempts.Select(attempt => Made(attempt, tree)).Where(made => !made.SameAs(tree))];

    private static SourceTree Made(Attempt attempt, SourceTree tree) => UnifiedDiff.Parse(attempt.Diff ?? "")
        .Where(file => tree.Paths.Contains(file.Path))
        .Aggregate(tree, (made, file) => file.Apply(tree.Text(file.Path)) is { } text ? made.With(file.Path, text) : made);

    private sealed record Start(SourceTree Tree, Scoreboard Board, int Iteration);
}
