using System.Collections.Immutable;
using Moss.AgentTools.Search.Localisation;

namespace Moss.AgentTools.Search.Driver;

/// <summary>A mutant in its place in the order of trying; the lower the rank, the earlier.</summary>
internal sealed record RankedMutant(Mutant Mutant, SourceTree Tree, double Rank);

/// <summary>Every mutant of a tree, once per resulting text, likely ones first.</summary>
internal sealed class Ranking(IReadOnlyList<ILanguage> languages, Func<Mutant, double> hint)
{
    /// <summary>How much a line that no failing scenario singles out adds to the cost of a change.</summary>
    private const double WeightOfPlace = 1.5;

    public ImmutableArray<RankedMutant> Of(SourceTree tree, Spectrum spectrum)
    {
        var top = spectrum.Lines.Select(l => l.Suspicion).DefaultIfEmpty(1).First();
        var ranked = new List<RankedMutant>();
        foreach (var path in tree.Paths)
        {
            if (languages.FirstOrDefault(l => l.Reads(path)) is not { } language)
            {
                continue;
            }

            var file = new SourceText(path, tree.Text(path));
            var seen = new HashSet<string>(StringComparer.Ordinal) { file.Text };
            ranked.AddRange(language.Mutate(file, line => spectrum.At(path, line) > 0)
                .Select(mutant => (Mutant: mutant, Rank: RankOf(mutant, spectrum, top)))
                .OrderBy(m => m.Rank)
                .Where(m => seen.Add(m.Mutant.Apply(file.Text)))
                .Select(m => new RankedMutant(m.Mutant, tree.With(m.Mutant), m.Rank)));
        }

        return [.. ranked.OrderBy(m => m.Rank)];
    }

    private double RankOf(Mutant mutant, Spectrum spectrum, double top)
    {
        var suspicion = spectrum.At(mutant.Path, mutant.FirstLine, mutant.LastLine) / top;
        return mutant.Cost + WeightOfPlace * (1 - suspicion) - hint(mutant);
    }
}
