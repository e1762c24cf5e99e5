using System.Text.RegularExpressions;
using Moss.AgentTools.Search.Profile;

namespace Moss.AgentTools.Search.Tokens;

/// <summary>
/// Any language with operators like C's, without structure: other operators and comparisons, constants off by one, true for
/// false, conditions turned round.
/// </summary>
internal sealed partial class TokenLanguage : ILanguage
{
    private static readonly string[] Extensions =
    [
        ".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx", ".go", ".rs", ".java", ".kt", ".scala", ".swift", ".c", ".h", ".cc", ".cpp", ".hpp", ".cs", ".rb",
        ".php", ".lua", ".sh", ".pl", ".dart",
    ];

    private static readonly Dictionary<string, (string Other, double Cost)[]> Changes = new(StringComparer.Ordinal)
    {
        ["<"] = [("<=", 0.8), (">", 1.4)], ["<="] = [("<", 0.8), (">=", 1.4)], [">"] = [(">=", 0.8), ("<", 1.4)], [">="] = [(">", 0.8), ("<=", 1.4)],
        ["=="] = [("!=", 1.2)], ["!="] = [("==", 1.2)], ["==="] = [("!==", 1.2)], ["!=="] = [("===", 1.2)],
        ["&&"] = [("||", 1.2)], ["||"] = [("&&", 1.2)], ["+"] = [("-", 1.0)], ["-"] = [("+", 1.0)], ["*"] = [("/", 1.6)], ["/"] = [("*", 1.6)],
        ["%"] = [("/", 2.0)], ["&"] = [("|", 1.4), ("^", 1.4)], ["|"] = [("&", 1.4)], ["^"] = [("&", 1.4), ("|", 1.4)],
        ["+="] = [("-=", 1.2), ("=", 1.9)], ["-="] = [("+=", 1.2)], ["&="] = [("|=", 1.4), ("^=", 1.4)], ["|="] = [("&=", 1.4)], ["^="] = [("&=", 1.4)],
        ["++"] = [("--", 1.6)], ["--"] = [("++", 1.6)], ["true"] = [("false", 1.2)], ["false"] = [("true", 1.2)], ["!"] = [("", 1.6)],
        ["break"] = [("continue", 1.9)], ["continue"] = [("break", 1.9)],
    };

    public IValueProbe? Probe => null;

    public bool Reads(string path) => Extensions.Any(e => path.EndsWith(e, StringComparison.Ordinal));

    public IEnumerable<Mutant> Mutate(SourceText file, Func<int, bool> matters)
    {
        foreach (Match token in Token().Matches(file.Text))
        {
            var line = file.LineOf(token.Index);
            if (token.Groups["skip"].Success || !matters(line))
            {
                continue;
            }

            foreach (var (other, cost) in Others(token.Value))
            {
                yield return new Mutant(
                    file.Path, [new Edit(token.Index, token.Index + token.Length, other)], "token", cost, line, line, "",
                    other.Length == 0 ? $"remove '{token.Value}'" : $"use '{other}' instead of '{token.Value}'");
            }
        }
    }

    private static IEnumerable<(string Other, double Cost)> Others(string token)
    {
        if (Changes.TryGetValue(token, out var changes))
        {
            return changes;
        }

        return long.TryParse(token, out var number)
            ? new[] { (number + 1, 1.2), (number - 1, 1.2), (0, 1.6), (1, 1.6) }
                .Where(n => n.Item1 != number)
                .DistinctBy(n => n.Item1)
                .Select(n => (n.Item1.ToString(System.Globalization.CultureInfo.InvariantCulture), n.Item2))
            : [];
    }

    [GeneratedRegex(
        """
        (?<skip>//[^\n]*|/\*.*?\*/|(?<=^|\s)\#[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)
        |[A-Za-z_]\w*|\d[\w.]*|===|!==|=>|->|<<=?|>>=?|&&|\|\||\+\+|--|[-+*/%&|^<>=!]=|[-+*/%&|^<>!]
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Token();
}
