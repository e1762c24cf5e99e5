using System.Collections.Immutable;
using Moss.AgentTools.Search.Localisation;

namespace Moss.AgentTools.Search.Driver;

/// <summary>A mutant in its place in the order of trying; the lower the rank, the earlier.</summary>
internal sealed record RankedMutant(Mutant Mutant, SourceTree Before, double Rank)
{
    /// <summary>The tree with the change; made when it is asked for, as there are many mutants and few are run.</summary>
    public SourceTree Tree => Before.With(Mutant);
}

/// <summary>Every mutant of a tree, once per resulting text, likely ones first.</summary>
internal sealed class Ranking(IReadOnlyList<ILanguage> languages, Func<Mutant, double> hint)
{
    /// <summary>How much a line that no failing scenario singles out adds to the cost of a change.</summary>
    private const double WeightOfPlace = 1;

    /// <summary>
    /// How much it adds that a template has many changes to propose for a statement: they share the odds that the template has
    /// there, so that ten thousand guesses do not stand before the few ways in which two lines can be exchanged.
    /// </summary>
    private const double WeightOfCrowd = 0.35;

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
            var mutants = language.Mutate(file, line => spectrum.At(path, line) > 0).OrderBy(m => m.Cost).DistinctBy(m => Net(file.Text, m)).ToList();
            var crowds = mutants.CountBy(m => (m.Template, m.FirstLine)).ToDictionary();
            ranked.AddRange(mutants
                .Where(m => Net(file.Text, m) is { } net && (net.Start < net.End || net.Text.Length > 0))
                .Select(m => new RankedMutant(m, tree, RankOf(m, spectrum, top, crowds[(m.Template, m.FirstLine)]))));
        }

        return [.. ranked.OrderBy(m => m.Rank)];
    }

    /// <summary>All edits as one, without what they leave as it was: equal for mutants that make the same text.</summary>
    private static Edit Net(string text, Mutant mutant)
    {
        var (start, end) = (mutant.Edits.Min(e => e.Start), mutant.Edits.Max(e => e.End));
        var after = Edit.Apply(text[start..end], [.. mutant.Edits.Select(e => e with { Start = e.Start - start, End = e.End - start })]);
        var before = text.AsSpan(start, end - start);
        var head = before.CommonPrefixLength(after);
        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        return new Edit(start + head, end - tail, after[head..(after.Length - tail)]);
    }

    private double RankOf(Mutant mutant, Spectrum spectrum, double top, int crowd)
    {
        var suspicion = spectrum.At(mutant.Path, mutant.FirstLine, mutant.LastLine) / top;
        return mutant.Cost + WeightOfPlace * (1 - suspicion) + WeightOfCrowd * Math.Log(crowd) - hint(mutant);
    }
}
