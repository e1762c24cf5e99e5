using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Moss.Cli.Bench.Patches.QuixBugsJava;

/// <summary>One place of a patch.</summary>
/// <param name="Before">Lines that are replaced, with their context.</param>
/// <param name="After">Lines that replace them, with the same context.</param>
/// <param name="Line">Where it is said to begin, from 1.</param>
internal sealed record JavaHunk(ImmutableArray<string> Before, ImmutableArray<string> After, int Line);

/// <summary>
/// A patch of the data set. Its tools write paths of machines that are gone, counts of lines that are wrong, and some their own print of the
/// source; so files are known by their names, counts are not read, and white space does not matter.
/// </summary>
/// <param name="Files">Hunks by the name of the file.</param>
internal sealed partial record JavaPatch(ImmutableArray<(string File, ImmutableArray<JavaHunk> Hunks)> Files)
{
    public static JavaPatch Parse(string text)
    {
        var files = ImmutableArray.CreateBuilder<(string, ImmutableArray<JavaHunk>)>();
        foreach (var part in NewFile().Split(text.ReplaceLineEndings("\n").Replace("\\/", "/", StringComparison.Ordinal)).Skip(1))
        {
            var lines = part.Split('\n');
            if (FileName().Match(lines[0]) is { Success: true } name)
            {
                files.Add((name.Value, [.. Hunks(lines.Skip(1))]));
            }
        }

        return new(files.ToImmutable());
    }

    /// <summary>The file with all of its hunks; null when one has no place in it.</summary>
    public static string? Apply(string source, IEnumerable<JavaHunk> hunks)
    {
        var text = source.ReplaceLineEndings("\n");
        foreach (var hunk in hunks)
        {
            if ((LineEdit.Apply(text, hunk) ?? TokenEdit.Apply(text, hunk)) is not { } changed)
            {
                return null;
            }

            text = changed;
        }

        return text;
    }

    private static IEnumerable<JavaHunk> Hunks(IEnumerable<string> lines)
    {
        var (begin, body) = (0, new List<string>());
        foreach (var line in lines.Where(line => !line.StartsWith("--- ", StringComparison.Ordinal) && !line.StartsWith("\\ ", StringComparison.Ordinal)))
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                if (body.Count > 0)
                {
                    yield return Hunk(begin, body);
                }

                (begin, body) = (int.Parse(heading.Groups[1].Value, CultureInfo.InvariantCulture), []);
            }
            else if (begin > 0)
            {
                body.Add(line);
            }
        }

        if (body.Count > 0)
        {
            yield return Hunk(begin, body);
        }
    }

    private static JavaHunk Hunk(int begin, List<string> body)
    {
        while (body.Count > 0 && string.IsNullOrWhiteSpace(body[^1]))
        {
            body.RemoveAt(body.Count - 1);
        }

        return new(
            [.. body.Where(line => !line.StartsWith('+')).Select(Content)], [.. body.Where(line => !line.StartsWith('-')).Select(Content)], begin);
    }

    private static string Content(string line) => line.Length == 0 ? "" : line[1..];

    [GeneratedRegex(@"^\+\+\+ ", RegexOptions.Multiline)]
    private static partial Regex NewFile();

    [GeneratedRegex(@"[A-Za-z_]+\.java(?=\s|$)")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^@@ -(\d+)")]
    private static partial Regex Heading();
}
