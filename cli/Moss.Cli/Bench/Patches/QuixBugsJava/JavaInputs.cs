using System.Collections.Immutable;
using static Moss.Cli.Bench.Patches.QuixBugsJava.Drawing;

namespace Moss.Cli.Bench.Patches.QuixBugsJava;

/// <summary>
/// Inputs of the programs that the experiment has patches of, written from what each program is for. Arguments stand between bars, numbers
/// between blanks, rows between semicolons. The edges of a number are 0 and -1, those of a list none, one, equal and sorted both ways. Cases on which the reference program throws or hangs are no inputs and are left out later.
/// </summary>
internal static class JavaInputs
{
    private static readonly ImmutableArray<string> Lists = ["", "1", "1 1", "2 1", "1 2", "3 3 3", "-1 0 -1", "5 4 3 2 1", "1 2 3 4 5"];

    public static ImmutableSortedDictionary<string, CaseInputs> All { get; } = new Dictionary<string, CaseInputs>
    {
        ["DEPTH_FIRST_SEARCH"] = new(
            ["1|0|0|", "2|0|1|", "2|0|1|0>1", "2|1|0|0>1", "1|0|0|0>0", "3|0|2|0>1 1>0", "3|0|2|0>1 1>0 1>2", "4|0|3|0>1 0>2 1>3 2>3"], Graph),
        ["DETECT_CYCLE"] = new(["0|-1", "1|-1", "1|0", "2|-1", "2|0", "2|1", "3|-1", "3|0", "4|-1", "4|3"], (draw, size) =>
        {
            var count = draw.Number(0, size);
            return Text($"{count}|{draw.Number(-1, count - 1)}");
        }),
        ["FIND_IN_SORTED"] = new(["|1", "1|1", "1|0", "1|-1", "1|2", "1 3|1", "1 3|3", "1 3|2", "1 3|0", "1 3|4"], (draw, size) =>
        {
            int[] sorted = [.. draw.Different(size).Order()];
            return Text($"{Drawing.Text(sorted)}|{(sorted.Length > 0 && draw.Once(2) ? draw.One(sorted) : draw.Number(-1, 41))}");
        }),
        ["GET_FACTORS"] = new(["0", "-1", "1", "2", "3", "4", "6", "9", "25", "49", "97", "100"], (draw, size) => Text($"{draw.Number(1, size * size * 10)}")),
        ["HANOI"] = new(["0|1|3", "-1|1|3", "1|1|3", "1|3|1", "2|1|2", "2|2|2"], (draw, size) =>
            Text($"{draw.Number(0, Math.Min(size, 6))}|{draw.Number(1, 3)}|{draw.Number(1, 3)}")),
        ["IS_VALID_PARENTHESIZATION"] = new(["", "(", ")", "()", ")(", "(()", "())", "(())", "()()"], (draw, size) =>
            draw.Once(2) ? Balanced(draw, size) : draw.Letters(size, "()")),
        ["KNAPSACK"] = new(["0|1 1", "-1|1 1", "1|1 1", "1|2 1", "5|5 3", "10|5 3;5 4", "10|"], (draw, size) =>
            Text($"{draw.Number(0, size * 4)}|{string.Join(';', Enumerable.Range(0, draw.Number(1, size)).Select(_ => Text($"{draw.Number(1, 12)} {draw.Number(1, 30)}")))}")),
        ["LEVENSHTEIN"] = new(["|", "a|", "|a", "a|a", "a|b", "ab|ba", "abc|abc", "abc|xbc"], (draw, size) =>
            $"{draw.Letters(Math.Min(size, 6), "abc")}|{draw.Letters(Math.Min(size, 6), "abc")}"),
        ["LIS"] = new(Lists, (draw, size) => Drawing.Text(draw.Numbers(size))),
        ["MERGESORT"] = new(Lists, (draw, size) => Drawing.Text(draw.Numbers(size))),
        ["NEXT_PERMUTATION"] = new(["1", "1 2", "2 1", "1 2 3", "1 3 2", "2 3 1", "3 2 1", "1 1", "1 2 2"], (draw, size) => Drawing.Text(draw.Once(2) ? draw.Numbers(size, 0, 3) : draw.Different(size))),
        ["POWERSET"] = new(["", "1", "1 2", "1 2 3"], (draw, size) => Drawing.Text(draw.Different(Math.Min(size, 6)))),
        ["QUICKSORT"] = new(Lists, (draw, size) => Drawing.Text(draw.Numbers(size))),
        ["RPN_EVAL"] = new(["1", "1 2 +", "1 2 -", "2 1 /", "1 2 /", "3 4 *", "1 0 /"], (draw, size) => Postfix(draw, size / 2)),
        ["SHORTEST_PATH_LENGTHS"] = new(["0|", "-1|", "1|", "2|", "2|0>1=3", "2|1>0=3", "3|0>1=1 1>2=1 0>2=5", "3|0>1=-1 1>2=-2"], Weighted),
        ["SQRT"] = new(["0|0.01", "1|0.01", "2|0.5", "4|0.1", "100|0.001", "1000000|0.01", "1000000000|0.01", "1000000000000|0.1"], (draw, size) =>
            Text($"{Math.Round(Math.Pow(10, draw.Number(0, size * 1000) / 1000.0), 3)}|{draw.One(0.5, 0.1, 0.05, 0.01)}")),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static string Graph(Drawing draw, int size)
    {
        var count = draw.Number(1, size);
        var edges = Enumerable.Range(0, draw.Number(0, count * 2)).Select(_ => Text($"{draw.Number(0, count - 1)}>{draw.Number(0, count - 1)}"));
        return Text($"{count}|{draw.Number(0, count - 1)}|{draw.Number(0, count - 1)}|{string.Join(' ', edges.Distinct())}");
    }

    /// <summary>Edges lead from small to large numbers where lengths may be negative: no cycle is endlessly short.</summary>
    private static string Weighted(Drawing draw, int size)
    {
        var (count, acyclic) = (draw.Number(1, Math.Min(size, 7)), draw.Once(2));
        var edges = from begin in Enumerable.Range(0, count)
                    from end in Enumerable.Range(0, count)
                    where begin != end && (!acyclic || begin < end) && draw.Once(2)
                    select Text($"{begin}>{end}={draw.Number(acyclic ? -5 : 0, 9)}");
        return Text($"{count}|{string.Join(' ', edges)}");
    }

    private static string Balanced(Drawing draw, int size) => size <= 0 ? "" : draw.Once(2) ? $"({Balanced(draw, size - 2)})" : $"{Balanced(draw, size / 2)}(){Balanced(draw, (size / 2) - 1)}";

    private static string Postfix(Drawing draw, int depth) => depth <= 0 || draw.Once(4)
        ? Text($"{draw.Number(0, 9)}")
        : $"{Postfix(draw, depth - 1)} {Postfix(draw, depth - 1)} {draw.One("+", "-", "*", "/")}";
}
