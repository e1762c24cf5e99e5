using System.Collections.Immutable;
using Moss.AgentTools.Search.Profile;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Search.Driver;

/// <summary>A mutant that raised some scenario and lowered none.</summary>
internal sealed record Helpful(RankedMutant Ranked, Scoreboard After);

/// <summary>What one pass over the mutants of a tree brought.</summary>
internal sealed class Harvest
{
    private readonly List<Helpful> _repairs = [];

    /// <summary>Mutants with which every scenario passes, in the order of trying.</summary>
    public IReadOnlyList<Helpful> Repairs => _repairs;

    /// <summary>The one that raised the scenarios most; the earliest of equals.</summary>
    public Helpful? Best { get; private set; }

    public int Tried { get; set; }

    /// <summary>Mutants whose replay hit its limit, with the scenario.</summary>
    public List<(RankedMutant Mutant, string Target)> TimedOut { get; } = [];

    public void Add(Helpful found)
    {
        if (found.After.AllPass)
        {
            _repairs.Add(found);
        }

        if (Best is null || found.After.Value > Best.After.Value + 1e-9)
        {
            Best = found;
        }
    }
}

/// <summary>
/// Tries mutants of one tree. Each runs one failing scenario first, and the others only when that one did better; scenarios
/// take turns as the first one, those that run different lines before those that run the same.
/// </summary>
internal sealed class Sweep(Runner runner, Profiler? profiler, Preference preference, Memory memory, Effort effort, Scoreboard before)
{
    private readonly HashSet<Mutant> _done = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Mutant> _inVain = new(ReferenceEqualityComparer.Instance);
    private int _stopAt = int.MaxValue;
    private int _leastTried = int.MaxValue;
    private double _dearest = double.MaxValue;

    public Harvest Harvest { get; } = new();

    public async Task RunAsync(IReadOnlyList<RankedMutant> mutants, CancellationToken cancellationToken)
    {
        var failing = before.Results.Values.Where(r => !r.Passed)
            .OrderBy(r => r.TimedOut).ThenBy(r => r.Seconds * (1 + r.Coverage.Values.Sum(l => l.Length))).ThenBy(r => r.Scenario, StringComparer.Ordinal)
            .ToList();
        var leading = failing.DistinctBy(Trail).ToList();
        foreach (var turn in new[] { leading, failing.Except(leading).ToList() })
        {
            var queues = new List<(TryResult Target, Waiting Waiting)>();
            await foreach (var queue in Ordered.SelectAsync(turn, effort.AtOnce, target => QueueAsync(target, mutants, cancellationToken), cancellationToken))
            {
                queues.Add(queue);
            }

            while (queues.Exists(q => q.Waiting.Count > 0) && Harvest.Tried < _stopAt)
            {
                foreach (var (target, waiting) in queues)
                {
                    await RunAsync(target.Scenario, Take(waiting), patience: 1, cancellationToken);
                }
            }

            if (Harvest.Best is not null)
            {
                return;
            }
        }
    }

    /// <summary>Once more, with more patience, what hit its limit.</summary>
    public async Task RetryAsync(double patience, CancellationToken cancellationToken)
    {
        foreach (var group in Harvest.TimedOut.ToList().GroupBy(t => t.Target))
        {
            await RunAsync(group.Key, group.Select(t => t.Mutant), patience, cancellationToken);
        }
    }

    /// <summary>Likely changes in the function of <paramref name="found"/>, with one scenario first that still fails.</summary>
    public Task AroundAsync(Helpful found, IReadOnlyList<RankedMutant> mutants, string target, CancellationToken cancellationToken)
    {
        var (path, function) = (found.Ranked.Mutant.Path, found.Ranked.Mutant.Where);
        return RunAsync(
            target, mutants.Where(m => m.Mutant != found.Ranked.Mutant && m.Mutant.Path == path && m.Mutant.Where == function).Take(effort.Around), patience: 1, cancellationToken);
    }

    private static string Trail(TryResult result) => result.Coverage.Count == 0
        ? ""
        : string.Join(';', result.Coverage.Select(f => $"{f.Key}:{string.Join(',', f.Value.Distinct().Order())}"));

    public static bool Reaches(TryResult target, Mutant mutant) =>
        target.Coverage.Count == 0
        || (target.Coverage.TryGetValue(mutant.Path, out var lines) && lines.Any(line => line >= mutant.FirstLine && line <= mutant.LastLine));

    /// <summary>The mutants that a scenario reaches, in the order that suits it.</summary>
    private async Task<(TryResult Target, Waiting Waiting)> QueueAsync(
        TryResult target, IReadOnlyList<RankedMutant> mutants, CancellationToken cancellationToken)
    {
        var place = Place.Of(before, target);
        var reached = mutants.Where(m => Reaches(target, m.Mutant)).Select(m => m with { Rank = m.Rank + place.CostOf(m.Mutant) }).OrderBy(m => m.Rank).ToList();
        var profile = profiler is null || reached.Count == 0
            ? ValueProfile.Empty
            : await profiler.ProfileAsync(reached, target, before, cancellationToken);
        return (target, new Waiting(
            reached.Select(m => m with { Rank = m.Rank + profile.DelayOf(m.Mutant) + memory.DelayOf(m.Mutant, target.Scenario) }), _inVain));
    }

    private IEnumerable<RankedMutant> Take(Waiting waiting)
    {
        for (var i = 0; i < effort.Slice && Harvest.Tried < _stopAt && waiting.TryNext(out var next); i++)
        {
            if (IsWorthIt(next))
            {
                yield return next;
            }
        }
    }

    /// <summary>Not once it could no longer be chosen over a repair that is there.</summary>
    private bool IsWorthIt(RankedMutant mutant) => !_done.Contains(mutant.Mutant) && (Harvest.Tried < _leastTried || mutant.Rank <= _dearest);

    private async Task RunAsync(string target, IEnumerable<RankedMutant> mutants, double patience, CancellationToken cancellationToken)
    {
        var results = Ordered.SelectAsync(mutants, effort.AtOnce, m => EvaluateAsync(target, m, patience, cancellationToken), cancellationToken);
        await foreach (var (mutant, first, after) in results)
        {
            Harvest.Tried++;
            if (first.TimedOut && patience <= 1)
            {
                Harvest.TimedOut.Add((mutant, target));
            }

            if (after is null)
            {
                memory.Add(mutant.Mutant, target);
                _inVain.Add(mutant.Mutant);
            }
            else
            {
                _done.Add(mutant.Mutant);
                Note(new Helpful(mutant, after));
            }

            if (Harvest.Tried >= _stopAt)
            {
                break;
            }
        }
    }

    private void Note(Helpful found)
    {
        if (!before.IsKeptBy(found.After))
        {
            return;
        }

        Harvest.Add(found);
        if (IsComplete(found) && !preference.WasProposed(found.Ranked.Tree))
        {
            _leastTried = Math.Min(_leastTried, Harvest.Tried + effort.AfterRepair);
            _dearest = Math.Min(_dearest, preference.Penalty(found.Ranked));
        }

        var turned = found.After.Passed > before.Passed;
        _stopAt = Math.Min(_stopAt, turned ? effort.StopAfterProgress(Harvest.Tried) : effort.StopAfterHint(Harvest.Tried));
    }

    /// <summary>Whatever failed and runs the line passes now: one defect is gone, even where others are left.</summary>
    private bool IsComplete(Helpful found) => before.Results.Values.All(was =>
        was.Passed || found.After.Results[was.Scenario].Passed || (was.Coverage.Count > 0 && !Reaches(was, found.Ranked.Mutant)));

    private async Task<(RankedMutant Mutant, TryResult First, Scoreboard? After)> EvaluateAsync(
        string target, RankedMutant mutant, double patience, CancellationToken cancellationToken)
    {
        var first = await runner.ReplayAsync(mutant.Tree, target, patience, cancellationToken);
        if (!before.IsRaisedBy(first))
        {
            return (mutant, first, null);
        }

        ImmutableArray<string> others = [.. before.Results.Keys.Where(s => s != target)];
        var rest = others.Length == 0 ? [] : await runner.ReplayAsync(mutant.Tree, others, Math.Max(2, patience), cancellationToken);
        return (mutant, first, new Scoreboard(rest.Add(first)));
    }
}
