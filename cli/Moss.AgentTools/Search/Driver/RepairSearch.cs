using System.Globalization;
using Moss.AgentTools.Search.Localisation;

namespace Moss.AgentTools.Search.Driver;

/// <summary>
/// Climbs from the tree as it is to one on which the whole batch passes: a step is a small change that raises some scenario
/// and lowers none. Several defects are repaired one step at a time; a single one usually in one.
/// </summary>
internal sealed class RepairSearch(Runner runner, Ranking ranking, Profiler profiler, Preference preference, Effort effort)
{
    private const double PatienceOfRetry = 8;

    /// <summary>Told a line at each step.</summary>
    public TextWriter Log { get; init; } = TextWriter.Null;

    private readonly Memory _memory = new();
    private int _tried;
    private int _alternatives;

    /// <summary>Ends when everything passes, when nothing helps any more, or when <paramref name="timeUp"/> fires.</summary>
    /// <param name="start">The work tree.</param>
    /// <param name="before">Measured on it.</param>
    /// <param name="timeUp">Ends the search with the best that there is.</param>
    public async Task<Repair> RunAsync(SourceTree start, Scoreboard before, CancellationToken timeUp)
    {
        var history = new History(start);
        var (tree, board, late) = (start, before, false);
        try
        {
            await runner.SetLimitsAsync(start, before, timeUp);
            while (!board.AllPass && await StepAsync(tree, board, timeUp) is { } step)
            {
                history.Add(step.Ranked.Mutant, step.Ranked.Tree);
                (tree, board) = (step.Ranked.Tree, step.After);
                await Log.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{step.Ranked.Mutant.Path}:{step.Ranked.Mutant.FirstLine}: {step.Ranked.Mutant.What} ({board.Passed} of {board.Results.Count} pass, {_tried} changes tried)"));
            }

            if (board.AllPass)
            {
                tree = await MinimiseAsync(tree, history, timeUp);
            }
        }
        catch (OperationCanceledException) when (timeUp.IsCancellationRequested)
        {
            late = true;
            (tree, board) = TakeWhatIsThere(tree, board, history);
        }

        return preference.WasProposed(tree)
            ? new Repair(start, [], before, before, _tried, runner.Count, _alternatives) { TimeUp = late }
            : new Repair(tree, history.Steps, before, board, _tried, runner.Count, _alternatives) { TimeUp = late };
    }

    private Harvest? UnderWay { get; set; }

    private async Task<Helpful?> StepAsync(SourceTree tree, Scoreboard board, CancellationToken timeUp)
    {
        var spectrum = Spectrum.Of(board.Results.Values);
        var mutants = ranking.Of(tree, spectrum);
        var found = await SweepAsync(mutants, board, single: true, timeUp);
        return found ?? await SweepAsync(Pairs.Of(tree, mutants, spectrum, effort.PairsOf), board, single: false, timeUp);
    }

    private async Task<Helpful?> SweepAsync(IReadOnlyList<RankedMutant> mutants, Scoreboard board, bool single, CancellationToken timeUp)
    {
        var sweep = new Sweep(runner, single ? profiler : null, preference, _memory, effort, board);
        UnderWay = sweep.Harvest;
        try
        {
            await sweep.RunAsync(mutants, timeUp);
            if (sweep.Harvest.Best is null && single)
            {
                await sweep.RetryAsync(PatienceOfRetry, timeUp);
            }
        }
        finally
        {
            _tried += sweep.Harvest.Tried;
        }

        var chosen = await ChooseAsync(sweep.Harvest, board, timeUp);
        var better = chosen is null ? null : await AroundAsync(chosen, mutants, board, timeUp);
        UnderWay = null;
        return better ?? chosen;
    }

    /// <summary>A change that did not help every scenario which runs it: a neighbour that helps more, if there is one.</summary>
    private async Task<Helpful?> AroundAsync(Helpful chosen, IReadOnlyList<RankedMutant> mutants, Scoreboard board, CancellationToken timeUp)
    {
        var unfinished = chosen.After.Results.Values.FirstOrDefault(r => !r.Passed && Sweep.Reaches(board.Results[r.Scenario], chosen.Ranked.Mutant));
        if (unfinished is null)
        {
            return null;
        }

        var around = new Sweep(runner, null, preference, new Memory(), effort, chosen.After);
        await around.AroundAsync(chosen, mutants, unfinished.Scenario, timeUp);
        _tried += around.Harvest.Tried;
        return await ChooseAsync(around.Harvest, chosen.After, timeUp);
    }

    /// <summary>The best repair that holds when it is measured again with all the time that is declared; else the best step.</summary>
    private async Task<Helpful?> ChooseAsync(Harvest harvest, Scoreboard board, CancellationToken timeUp)
    {
        foreach (var repair in preference.Order(harvest.Repairs))
        {
            var again = await runner.MeasureAsync(repair.Ranked.Tree, timeUp);
            if (again.AllPass)
            {
                _alternatives = harvest.Repairs.Count - 1;
                return repair with { After = again };
            }
        }

        if (harvest.Best is not { } best || (best.After.AllPass && preference.WasProposed(best.Ranked.Tree)))
        {
            return null;
        }

        var measured = await runner.MeasureAsync(best.Ranked.Tree, timeUp);
        return board.IsKeptBy(measured) && measured.Value > board.Value ? best with { After = measured } : null;
    }

    /// <summary>Leave out the steps that turn out not to be needed.</summary>
    private async Task<SourceTree> MinimiseAsync(SourceTree tree, History history, CancellationToken timeUp)
    {
        foreach (var step in history.Steps)
        {
            if (history.IsTangled || history.Steps.Length < 2)
            {
                break;
            }

            var smaller = history.Without(step);
            if (!preference.WasProposed(smaller) && (await runner.MeasureAsync(smaller, timeUp)).AllPass)
            {
                history.Drop(step);
                tree = smaller;
            }
        }

        return tree;
    }

    /// <summary>The time is up in the middle of a sweep: keep the best that it had, if it passes more than before.</summary>
    private (SourceTree Tree, Scoreboard Board) TakeWhatIsThere(SourceTree tree, Scoreboard board, History history)
    {
        var best = UnderWay is null ? null : preference.Order(UnderWay.Repairs).FirstOrDefault() ?? UnderWay.Best;
        if (board.AllPass || best is null || preference.WasProposed(best.Ranked.Tree) || best.After.Passed <= board.Passed)
        {
            return (tree, board);
        }

        history.Add(best.Ranked.Mutant, best.Ranked.Tree);
        return (best.Ranked.Tree, best.After);
    }
}
