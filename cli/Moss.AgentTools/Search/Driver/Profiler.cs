using Moss.AgentTools.Search.Profile;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Search.Driver;

/// <summary>Runs scenarios once with probes in the files, to learn what the mutants would compute there.</summary>
internal sealed class Profiler(Runner runner, IReadOnlyList<ILanguage> languages)
{
    private const int LargestPlan = 500_000;
    private const int MostMutants = 8000;
    private const int MostPassing = 3;

    /// <summary>Told by a failing scenario, and by a few that pass.</summary>
    /// <param name="mutants">Of one tree, at least one, likely ones first.</param>
    /// <param name="target">The failing scenario.</param>
    /// <param name="board">Where all of them stand.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ValueProfile> ProfileAsync(
        IReadOnlyList<RankedMutant> mutants, TryResult target, Scoreboard board, CancellationToken cancellationToken)
    {
        var likely = mutants.Take(MostMutants).Select(m => m.Mutant).ToList();
        var plan = ProbePlan.Of(likely.Where(m => ProbeOf(m.Path) is not null), LargestPlan);
        if (plan.Size == 0)
        {
            return ValueProfile.Empty;
        }

        var tree = mutants[0].Before;
        var probed = plan.Paths.Aggregate(tree, (all, path) => all.With(path, ProbeOf(path)!.Instrument(new SourceText(path, tree.Text(path)), plan.In(path))));
        var passing = new List<ToldValues>();
        foreach (var scenario in board.Results.Values.Where(r => r.Passed).Take(MostPassing))
        {
            passing.Add(await TellAsync(probed, plan, scenario, cancellationToken));
        }

        return ValueProfile.Of(likely, await TellAsync(probed, plan, target, cancellationToken), passing);
    }

    private async Task<ToldValues> TellAsync(SourceTree probed, ProbePlan plan, TryResult scenario, CancellationToken cancellationToken)
    {
        var result = await runner.TraceAsync(probed, scenario.Scenario, cancellationToken);
        var told = plan.Paths.Select(path => ProbeOf(path)!).Distinct().SelectMany(probe => probe.Read(result.Trace?.Error ?? ""));
        return new ToldValues(plan, told.ToDictionary());
    }

    private IValueProbe? ProbeOf(string path) => languages.FirstOrDefault(l => l.Reads(path))?.Probe;
}
