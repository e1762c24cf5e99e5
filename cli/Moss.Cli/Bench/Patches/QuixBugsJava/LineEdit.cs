using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Moss.Cli.Bench.Patches.QuixBugsJava;

/// <summary>Lays a hunk over the lines that it names, white space and empty lines aside; of several places the nearest to the line it names.</summary>
internal static partial class LineEdit
{
    public static string? Apply(string source, JavaHunk hunk)
    {
        var lines = source.Split('\n');
        (string Text, int Line)[] filled = [.. lines.Select((text, line) => (Plain(text), line)).Where(line => line.Item1.Length > 0)];
        ImmutableArray<string> wanted = [.. hunk.Before.Select(Plain).Where(line => line.Length > 0)];
        var places = Enumerable.Range(0, Math.Max(0, filled.Length - wanted.Length + 1))
            .Where(place => filled.Skip(place).Take(wanted.Length).Select(line => line.Text).SequenceEqual(wanted))
            .OrderBy(place => Math.Abs(filled[place].Line + 1 - hunk.Line))
            .ToList();
        if (wanted.IsEmpty || places.Count == 0)
        {
            return null;
        }

        var (first, last) = (filled[places[0]].Line, filled[places[0] + wanted.Length - 1].Line);
        return string.Join('\n', [.. lines.Take(first), .. hunk.After, .. lines.Skip(last + 1)]);
    }

    /// <summary>Without white space; a number's f and d mean the same in this data set.</summary>
    private static string Plain(string line) => FloatSuffix().Replace(Blanks().Replace(line, ""), "$1d");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(\d)f\b")]
    private static partial Regex FloatSuffix();
}
