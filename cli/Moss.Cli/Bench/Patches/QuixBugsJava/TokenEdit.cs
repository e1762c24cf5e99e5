using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Moss.Cli.Bench.Patches.QuixBugsJava;

/// <summary>
/// Lays a hunk over a source of which it has another print: qualified names, more brackets, other lines. Both sides of the hunk are in the
/// same print, so what differs between them is exact; where that is in the source is found by the words before it, brackets aside.
/// </summary>
internal static partial class TokenEdit
{
    private sealed record Token(string Text, int Begin, int End)
    {
        public bool IsBracket => Text is "(" or ")" or "{" or "}";
    }

    public static string? Apply(string source, JavaHunk hunk)
    {
        var (before, after) = (Read(Plain(hunk.Before)), Read(Plain(hunk.After)));
        var (head, tail) = Shared(before, after);
        var text = Qualifiers().Replace(source, match => new string(' ', match.Length));
        var tokens = Read(text);
        int[] words = [.. Enumerable.Range(0, tokens.Length).Where(place => !tokens[place].IsBracket)];
        string[] wanted = [.. before.Where(token => !token.IsBracket).Select(token => token.Text)];
        var found = Enumerable.Range(0, Math.Max(0, words.Length - wanted.Length + 1))
            .Where(start => wanted.Select((word, offset) => tokens[words[start + offset]].Text == word).All(same => same)).ToList();
        var skipped = before[..head].Count(token => !token.IsBracket);
        if (found.Count != 1 || skipped == 0)
        {
            return null;
        }

        var replaced = before[head..(before.Length - tail)];
        var first = FirstOf(tokens, words, found[0] + skipped, before[..head], replaced);
        var last = LastOf(tokens, words, found[0] + skipped, first, replaced);
        var added = string.Join(' ', after[head..(after.Length - tail)].Select(token => token.Text));
        var (begin, end) = last < first ? (tokens[first - 1].End, tokens[first - 1].End) : (tokens[first].Begin, tokens[last].End);
        return $"{source[..begin]} {added} {source[end..]}";
    }

    /// <summary>Lengths of what both begin and end with, so that what is left between has as many opening as closing brackets.</summary>
    private static (int Head, int Tail) Shared(ImmutableArray<Token> before, ImmutableArray<Token> after)
    {
        var most = Math.Min(before.Length, after.Length);
        var head = Enumerable.Range(0, most).TakeWhile(place => before[place].Text == after[place].Text).Count();
        var tail = Enumerable.Range(1, most - head).TakeWhile(place => before[^place].Text == after[^place].Text).Count();
        while (tail > 0 && (Depth(before[head..(before.Length - tail)]) != 0 || Depth(after[head..(after.Length - tail)]) != 0))
        {
            tail--;
        }

        return (head, tail);
    }

    private static int FirstOf(ImmutableArray<Token> tokens, int[] words, int word, ImmutableArray<Token> head, ImmutableArray<Token> replaced)
    {
        if (replaced.Any(token => !token.IsBracket))
        {
            return words[word];
        }

        // Nothing but an insertion: after as many brackets as stand before it in the hunk.
        var brackets = head.Reverse().TakeWhile(token => token.IsBracket).Count();
        return words[word - 1] + 1 + brackets;
    }

    private static int LastOf(ImmutableArray<Token> tokens, int[] words, int word, int first, ImmutableArray<Token> replaced)
    {
        var count = replaced.Count(token => !token.IsBracket);
        if (count == 0)
        {
            return first - 1;
        }

        var last = words[word + count - 1];
        var closing = new Queue<string>(replaced.Reverse().TakeWhile(token => token.IsBracket).Reverse().Select(token => token.Text));
        while (last + 1 < tokens.Length && tokens[last + 1].IsBracket && Depth(tokens[first..(last + 2)]) >= 0
            && (Depth(tokens[first..(last + 1)]) > 0 || (closing.TryPeek(out var next) && next == tokens[last + 1].Text)))
        {
            closing.TryDequeue(out _);
            last++;
        }

        return last;
    }

    private static int Depth(ImmutableArray<Token> tokens) =>
        tokens.Sum(token => token.Text switch { "(" or "{" => 1, ")" or "}" => -1, _ => 0 });

    private static string Plain(IEnumerable<string> lines) => Qualifiers().Replace(string.Join('\n', lines), "");

    private static ImmutableArray<Token> Read(string text) =>
    [
        .. Tokens().Matches(text).Where(match => !match.Value.StartsWith('/') || match.Length == 1)
            .Select(match => new Token(match.Value, match.Index, match.Index + match.Length)),
    ];

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|\w+(?:\.\d+)?|""[^""]*""|'[^']*'|[<>=!+\-]=|&&|\|\||\+\+|--|\S", RegexOptions.Singleline)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\b(?:java\.util\.function\.|java\.util\.|java\.lang\.|java_programs\.(?:[A-Z_]+\.)?)(?=\w)")]
    private static partial Regex Qualifiers();
}
