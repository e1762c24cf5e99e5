using System.Collections.Immutable;

namespace Moss.Replays.Coverage;

/// <summary>
/// The logical lines of Python source (The Python Language Reference, 2.1): brackets, texts in triple quotes and a backslash at the end
/// join what follows. Source that is not Python gives some lines, and never fails.
/// </summary>
internal static class PythonLines
{
    public static ImmutableArray<LineSpan> Logical(string text)
    {
        var lines = ImmutableArray.CreateBuilder<LineSpan>();
        var (line, first, depth) = (1, 1, 0);
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\n':
                    line++;
                    if (depth == 0)
                    {
                        lines.Add(new(first, line - 1));
                        first = line;
                    }

                    break;
                case '#':
                    at = EndOfLine(text, at) - 1;
                    break;
                case '\\':
                    at = AfterEscape(text, at);
                    line += text[at] == '\n' ? 1 : 0;
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth = Math.Max(0, depth - 1);
                    break;
                case '"' or '\'':
                    var end = LastOfText(text, at);
                    line += text.AsSpan(at, end - at + 1).Count('\n');
                    at = end;
                    break;
            }
        }

        var last = text.EndsWith('\n') ? line - 1 : line;
        if (first <= last && text.Length > 0)
        {
            lines.Add(new(first, last));
        }

        return lines.ToImmutable();
    }

    private static int EndOfLine(string text, int at) => text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;

    /// <summary>Where the character after a backslash ends; a line end may be two.</summary>
    private static int AfterEscape(string text, int at) =>
        Math.Min(text.AsSpan(at + 1).StartsWith("\r\n", StringComparison.Ordinal) ? at + 2 : at + 1, text.Length - 1);

    /// <summary>The closing quote; one quote that is not closed ends before the end of its line.</summary>
    private static int LastOfText(string text, int at)
    {
        var quote = text[at];
        var triple = at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote;
        for (var i = triple ? at + 3 : at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i = AfterEscape(text, i);
            }
            else if (text[i] == '\n' && !triple)
            {
                return i - 1;
            }
            else if (text[i] == quote && (!triple || (i + 2 < text.Length && text[i + 1] == quote && text[i + 2] == quote)))
            {
                return triple ? i + 2 : i;
            }
        }

        return text.Length - 1;
    }
}
