using System.Collections.Immutable;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Search.Driver;

/// <summary>Where every scenario of the batch stands on one tree.</summary>
internal sealed class Scoreboard
{
    private const double Noise = 1e-9;

    public Scoreboard(IEnumerable<TryResult> results) =>
        Results = results.ToImmutableSortedDictionary(r => r.Scenario, r => r, StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, TryResult> Results { get; }

    public bool AllPass => Results.Values.All(r => r.Passed);

    public int Passed => Results.Values.Count(r => r.Passed);

    public double MeanScore => Results.Count == 0 ? 0 : Results.Values.Average(r => r.Score);

    /// <summary>Sum over the scenarios of score and pass, so that the last step to a pass counts more than the ones before it.</summary>
    public double Value => Results.Values.Sum(ValueOf);

    public static double ValueOf(TryResult result) => Math.Clamp(result.Score, 0, 1) + (result.Passed ? 1 : 0);

    /// <summary>A scenario does better than before.</summary>
    public bool IsRaisedBy(TryResult result) => ValueOf(result) > ValueOf(Results[result.Scenario]) + Noise;

    /// <summary>It takes nothing away: no scenario does worse than here.</summary>
    public bool IsKeptBy(Scoreboard other) => other.Results.Values.All(r => ValueOf(r) >= ValueOf(Results[r.Scenario]) - Noise);
}
