using System.Collections.Immutable;

namespace Moss.Cli.Bench.Patches.QuixBugsJava;

/// <summary>Inputs of one program.</summary>
/// <param name="Edges">Empty, single, equal, extreme: what a tester writes first.</param>
/// <param name="Draw">One more, of a size from 3 to 12.</param>
internal sealed record CaseInputs(ImmutableArray<string> Edges, Func<Drawing, int, string> Draw)
{
    private static readonly (string Scenario, int Cases, int Least, int Most)[] Sizes = [("small", 60, 3, 3), ("large", 120, 4, 12)];

    /// <summary>Cases by scenario: the edges, and two that are drawn, none twice. Nothing but the program's name and the seed decides.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Scenarios(string program, int seed)
    {
        var cases = Sizes.Select(size =>
        {
            var drawing = new Drawing(SeedOf($"{program} {size.Scenario} {seed}"));
            return KeyValuePair.Create(size.Scenario, Enumerable.Range(0, size.Cases).Select(_ => Draw(drawing, drawing.Number(size.Least, size.Most))).Distinct().ToImmutableArray());
        });
        return cases.Append(KeyValuePair.Create("edges", Edges)).ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>FNV-1a of the text.</summary>
    private static ulong SeedOf(string text) => text.Aggregate(14695981039346656037UL, (hash, letter) => (hash ^ letter) * 1099511628211UL);
}
