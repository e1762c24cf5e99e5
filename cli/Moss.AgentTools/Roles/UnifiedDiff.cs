using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Moss.AgentTools.Roles;

/// <summary>One file of a unified diff.</summary>
/// <param name="Path">As it is called after the change; before it, when the file was deleted.</param>
/// <param name="Hunks">From the top of the file down.</param>
internal sealed record FileDiff(string Path, ImmutableArray<Hunk> Hunks)
{
    /// <summary>The file after the change; null when the diff was not made from this text.</summary>
    public string? Apply(string text)
    {
        var lines = text.Split('\n').ToList();
        var moved = 0;
        foreach (var hunk in Hunks)
        {
            var at = hunk.Start - (hunk.Old.Length == 0 ? 0 : 1) + moved;
            if (at < 0 || at + hunk.Old.Length > lines.Count || !lines.Skip(at).Take(hunk.Old.Length).SequenceEqual(hunk.Old))
            {
                return null;
            }

            lines.RemoveRange(at, hunk.Old.Length);
            lines.InsertRange(at, hunk.New);
            moved += hunk.New.Length - hunk.Old.Length;
        }

        return string.Join('\n', lines);
    }
}

/// <summary>Some lines from one line on, counted from 1, become others; both with the lines around them.</summary>
internal sealed record Hunk(int Start, ImmutableArray<string> Old, ImmutableArray<string> New);

/// <summary>Reads what git prints.</summary>
internal static partial class UnifiedDiff
{
    public static ImmutableArray<FileDiff> Parse(string diff)
    {
        var files = ImmutableArray.CreateBuilder<FileDiff>();
        var lines = diff.Split('\n');
        string? old = null;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("--- ", StringComparison.Ordinal) && i + 1 < lines.Length && lines[i + 1].StartsWith("+++ ", StringComparison.Ordinal))
            {
                old = PathOf(lines[i]);
                files.Add(new FileDiff(PathOf(lines[++i]) ?? old ?? "", []));
            }
            else if (Header().Match(lines[i]) is { Success: true } header && files.Count > 0)
            {
                files[^1] = files[^1] with { Hunks = files[^1].Hunks.Add(ReadHunk(header, lines, ref i)) };
            }
        }

        return files.ToImmutable();
    }

    private static Hunk ReadHunk(Match header, string[] lines, ref int i)
    {
        var (left, right) = (Count(header.Groups["left"]), Count(header.Groups["right"]));
        var (old, after) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        while (i + 1 < lines.Length && (old.Count < left || after.Count < right || lines[i + 1].StartsWith('\\')))
        {
            var line = lines[++i];
            var mark = line.Length == 0 ? ' ' : line[0];
            var content = line.Length == 0 ? "" : line[1..];
            if (mark is ' ' or '-')
            {
                old.Add(content);
            }

            if (mark is ' ' or '+')
            {
                after.Add(content);
            }
        }

        return new Hunk(int.Parse(header.Groups["start"].ValueSpan, CultureInfo.InvariantCulture), old.ToImmutable(), after.ToImmutable());
    }

    private static int Count(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 1;

    private static string? PathOf(string line)
    {
        var path = line[4..].Split('\t')[0].Trim('"');
        return path == "/dev/null" ? null : path.StartsWith("a/", StringComparison.Ordinal) || path.StartsWith("b/", StringComparison.Ordinal) ? path[2..] : path;
    }

    [GeneratedRegex(@"^@@ -(?<start>\d{1,9})(?:,(?<left>\d{1,9}))? \+\d{1,9}(?:,(?<right>\d{1,9}))? @@", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header();
}
