using Moss.AgentTools.Search.Localisation;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Search.Driver;

/// <summary>
/// What a change costs for where it is, as seen from one failing scenario: the lines that scenarios which pass execute as well are
/// less suspicious. Other failing scenarios count only when they run the same lines: elsewhere there may be another defect.
/// </summary>
internal sealed class Place
{
    private const double Weight = 1.5;
    private const double OutsideFunctions = 1.5;
    private const double Alike = 0.9;

    private readonly Spectrum _spectrum;
    private readonly double _top;

    private Place(Spectrum spectrum)
    {
        _spectrum = spectrum;
        _top = spectrum.Lines.Select(l => l.Suspicion).DefaultIfEmpty(1).First();
    }

    public static Place Of(Scoreboard board, TryResult target)
    {
        var lines = Lines(target);
        return new Place(Spectrum.Of(board.Results.Values.Where(r => r.Passed || r == target || IsAlike(lines, Lines(r)))));
    }

    public double CostOf(Mutant mutant) =>
        Weight * Math.Log(_top / Math.Max(0.01, _spectrum.At(mutant.Path, mutant.FirstLine, mutant.LastLine)))
        + (mutant.Where.Length == 0 ? OutsideFunctions : 0);

    private static HashSet<(string, int)> Lines(TryResult result) => [.. result.Coverage.SelectMany(f => f.Value.Select(line => (f.Key, line)))];

    private static bool IsAlike(HashSet<(string, int)> one, HashSet<(string, int)> other) =>
        one.Count > 0 && one.Intersect(other).Count() >= Alike * one.Union(other).Count();
}
