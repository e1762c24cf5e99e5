using System.Text;

namespace Moss.Domain.Implementation;

/// <summary>Reads what git's unified diff says about each file. Content lines are told from headers by the hunks' own counts.</summary>
public static class Patch
{
    /// <summary>The files of a patch, in its order. What is not a patch has none.</summary>
    public static IReadOnlyList<PatchEntry> Entries(string patch)
    {
        var entries = new List<PatchEntry>();
        PatchEntry? current = null;
        var (removed, added, next) = (0, 0, 0);
        foreach (var line in patch.Split('\n'))
        {
            if (current is not null && removed + added > 0 && TakeContent(current, line, ref removed, ref added, ref next))
            {
                continue;
            }

            if (line.StartsWith("diff --git ", StringComparison.Ordinal))
            {
                (removed, added) = (0, 0);
                current = new PatchEntry(HeaderPath(line));
                entries.Add(current);
            }
            else if (line.StartsWith("@@ -", StringComparison.Ordinal))
            {
                (removed, added, next) = Counts(line);
                current?.Keep();
            }
            else
            {
                current?.TakeHeader(line);
            }
        }

        return entries;
    }

    private static bool TakeContent(PatchEntry entry, string line, ref int removed, ref int added, ref int next)
    {
        switch (line.Length == 0 ? ' ' : line[0])
        {
            case '+':
                added--;
                entry.Add(line[1..], next++);
                return true;
            case '-':
                removed--;
                entry.Remove(line[1..]);
                return true;
            case ' ':
                (removed, added, next) = (removed - 1, added - 1, next + 1);
                entry.Keep();
                return true;
            case '\\':
                return true;
            default:
                return false;
        }
    }

    private static (int Removed, int Added, int First) Counts(string hunk)
    {
        var parts = hunk.Split(' ');
        return parts.Length > 2 ? (Count(parts[1]), Count(parts[2]), First(parts[2])) : (Count(parts[1]), 0, 0);
    }

    private static int First(string range) => int.TryParse(range.Split(',')[0].TrimStart('+'), out var line) ? line : 0;

    private static int Count(string range) =>
        range.Split(',') is [_, var count] ? int.TryParse(count, out var lines) ? lines : 0 : 1;

    /// <summary>Only for entries without <c>+++</c> and <c>---</c>: there both names are equal.</summary>
    private static string HeaderPath(string line)
    {
        var names = line["diff --git ".Length..];
        return names.EndsWith('"')
            ? Name(names[(names.IndexOf("\" \"", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..])
            : Name(names[((names.Length / 2) + 1)..]);
    }

    /// <summary>Takes the <c>a/</c> or <c>b/</c> and git's quoting off a name.</summary>
    internal static string Name(string text)
    {
        var name = text.TrimEnd('\t', '\r');
        name = name is ['"', .., '"'] ? Unquote(name[1..^1]) : name;
        return name.Length > 1 && name[1] == '/' ? name[2..] : name;
    }

    private static string Unquote(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
            else if (i + 3 < text.Length && text[i + 1] is >= '0' and <= '3')
            {
                bytes.Add((byte)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0')));
                i += 3;
            }
            else
            {
                i++;
                bytes.Add((byte)(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'a' => '\a', 'b' => '\b', 'f' => '\f', 'v' => '\v', var same => same }));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
