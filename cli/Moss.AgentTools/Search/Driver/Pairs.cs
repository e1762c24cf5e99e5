using Moss.AgentTools.Search.Localisation;

namespace Moss.AgentTools.Search.Driver;

/// <summary>Two likely changes at once, for a defect that no single one repairs.</summary>
internal static class Pairs
{
    public static IReadOnlyList<RankedMutant> Of(SourceTree tree, IReadOnlyList<RankedMutant> mutants, Spectrum spectrum, int of)
    {
        var likely = mutants
            .Where(m => spectrum.At(m.Mutant.Path, m.Mutant.FirstLine, m.Mutant.LastLine) > 0)
            .Take(of)
            .ToList();
        var pairs = new List<RankedMutant>();
        for (var i = 0; i < likely.Count; i++)
        {
            for (var j = i + 1; j < likely.Count; j++)
            {
                if (likely[i].Mutant.Path == likely[j].Mutant.Path && !likely[i].Mutant.Overlaps(likely[j].Mutant))
                {
                    pairs.Add(Both(tree, likely[i], likely[j]));
                }
            }
        }

        return [.. pairs.OrderBy(p => p.Rank)];
    }

    private static RankedMutant Both(SourceTree tree, RankedMutant one, RankedMutant other)
    {
        var (first, second) = (one.Mutant, other.Mutant);
        var both = first with
        {
            Observed = null,
            Edits = [.. first.Edits, .. second.Edits],
            Template = $"{first.Template}+{second.Template}",
            Cost = first.Cost + second.Cost,
            FirstLine = Math.Min(first.FirstLine, second.FirstLine),
            LastLine = Math.Max(first.LastLine, second.LastLine),
            What = $"{first.What}, and {second.What}",
        };
        return new RankedMutant(both, tree, one.Rank + other.Rank);
    }
}
