using System.Globalization;

namespace Moss.Cli.Bench.Patches.QuixBugsJava;

/// <summary>Draws parts of cases; the same seed gives the same ones on every machine and .NET.</summary>
internal sealed class Drawing(ulong seed)
{
    private ulong state = seed;

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both possible.</summary>
    public int Number(int least, int most) => least + (int)(Next() % (ulong)(most - least + 1));

    /// <summary>True once in so many.</summary>
    public bool Once(int of) => Number(1, of) == 1;

    public T One<T>(params IReadOnlyList<T> choices) => choices[Number(0, choices.Count - 1)];

    public int[] Numbers(int most, int least = -9, int greatest = 20) => [.. Enumerable.Range(0, Number(0, most)).Select(_ => Number(least, greatest))];

    /// <summary>No number twice, in the order of the draw.</summary>
    public int[] Different(int most) => [.. Numbers(most, 0, 40).Distinct()];

    public string Letters(int most, string of) => string.Concat(Enumerable.Range(0, Number(0, most)).Select(_ => of[Number(0, of.Length - 1)]));

    public static string Text(IEnumerable<int> numbers) => string.Join(' ', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014).</summary>
    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (mixed ^ (mixed >> 31)) >> 1;
    }
}
