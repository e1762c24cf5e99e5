using System.Collections.Immutable;
using Moss.AgentTools.Search.Localisation;

namespace Moss.AgentTools.Search.Driver;

/// <summary>A mutant in its place in the order of trying; the lower the rank, the earlier.</summary>
internal sealed record RankedMutant(Mutant Mutant, SourceTree Before, double Rank)
{
    /// <summary>The tree with the change; made when it is asked for, as there are many mutants and few are run.</summary>
    public SourceTree Tree => Before.With(Mutant);
}

/// <summary>
/// Every mutant of a tree, once per resulting text, likely ones first. The rank is a negative log-likelihood: a template has its
/// share of all repairs, and what it proposes shares that by cost. So ten thousand guesses at a missing statement do not stand
/// before the few ways in which two lines can be exchanged.
/// </summary>
internal sealed class Ranking(IReadOnlyList<ILanguage> languages, Func<Mutant, double> hint)
{
    /// <summary>A change that costs 1 more is so many times, to the power of e, less likely.</summary>
    private const double Steepness = 1.6;

    /// <summary>A template with nothing but guesses to propose does not get its whole share.</summary>
    private static readonly double LeastCrowd = Math.Exp(-Steepness);

    public ImmutableArray<RankedMutant> Of(SourceTree tree, Spectrum spectrum)
    {
        var mutants = tree.Paths.SelectMany(path => In(path, tree, spectrum)).ToList();
        var crowds = mutants.GroupBy(m => m.Template).ToDictionary(t => t.Key, t => Math.Max(LeastCrowd, t.Sum(m => Math.Exp(-Steepness * m.Cost))));
        return
        [
            .. mutants
                .Select(m => new RankedMutant(m, tree, Steepness * m.Cost + Math.Log(crowds[m.Template] / Shares.Of(m.Template)) - hint(m)))
                .OrderBy(m => m.Rank),
        ];
    }

    private IEnumerable<Mutant> In(string path, SourceTree tree, Spectrum spectrum)
    {
        if (languages.FirstOrDefault(l => l.Reads(path)) is not { } language)
        {
            return [];
        }

        var file = new SourceText(path, tree.Text(path));
        return language.Mutate(file, line => spectrum.At(path, line) > 0)
            .OrderBy(m => m.Cost)
            .Select(m => (Mutant: m, Net: Net(file.Text, m)))
            .Where(m => m.Net.Start < m.Net.End || m.Net.Text.Length > 0)
            .DistinctBy(m => m.Net)
            .Select(m => m.Mutant);
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
}
