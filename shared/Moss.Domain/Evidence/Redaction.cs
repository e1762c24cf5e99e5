using System.Text.RegularExpressions;

namespace Moss.Domain.Evidence;

/// <summary>A text without what must not be stored.</summary>
/// <param name="Text">With a mark in place of each secret.</param>
/// <param name="Count">How many were taken out.</param>
public sealed record Redacted(string Text, int Count);

/// <summary>
/// Takes secrets, credentials and e-mail addresses out of evidence before it is stored, in time linear in its length. Line ends
/// that are written as <c>\n</c>, as in the JSON of a transcript, end a word like real ones.
/// </summary>
public static class Redaction
{
    private const RegexOptions Linear = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>A word begins here: after an escape that is kept, or where any word does.</summary>
    private const string Start = @"(?<before>\\(?:[nrt]|u[0-9A-Fa-f]{4})|\b)";

    /// <summary>A quotation mark of JSON within JSON.</summary>
    private const string EscapedQuote = @"(?:\\+""|\\+u002[27])";

    /// <summary>What may stand between two of them.</summary>
    private const string EscapedValue =
        @"(?:[^""\\\n]|\\[^""\nu]|\\u(?:00(?:[013-9A-Fa-f][0-9A-Fa-f]|2[0134-689A-Fa-f])|0[1-9A-Fa-f][0-9A-Fa-f]{2}|[1-9A-Fa-f][0-9A-Fa-f]{3}))+";

    private const string SecretName =
        """
        (?:pass(?:word|wd|phrase)|secret|credentials?|api[_-]?key|(?:access|account|private|secret|encryption|signing)[_-]?key
        |(?:access|auth|refresh|session|security|bearer|bot|api|id|csrf|webhook)[_-]?token)
        """;

    private static readonly (Regex Pattern, string Mark, Func<Match, string, bool> IsSecret)[] Rules =
    [
        (new(@"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]*?-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|(?:[A-Za-z0-9+/=\s]|\\[nr])*)", Linear), "[private key]", Always),
        (new(Start + @"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){1,3}", Linear), "[token]", Always),
        (new(Start + @"(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{30,}|hf_[A-Za-z0-9]{20,}|[rs]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,}|SG\.[\w-]{16,}\.[\w-]{16,}|do[opr]_v1_[a-f0-9]{32,})", Linear), "[token]", Always),
        (new(Start + @"sk-[\w-]{16,}", Linear), "[token]", HasDigit),
        (new(Start + @"(?<name>(?:authorization|proxy-authorization)[""'\\]*\s*[:=]\s*[""'\\]*(?:bearer|basic|token)\s+)(?<value>[^\s""'\\,;\[]+)", Linear | RegexOptions.IgnoreCase), "[token]", Always),
        (new(Start + @"(?<name>(?i:bearer|basic)\s+)(?<value>[A-Za-z0-9+/=._~-]{12,})", Linear), "[token]", IsNoWord),
        (new(Start + @"(?<name>[a-z][a-z0-9+.-]*://)[^\s/:@""'\\]*:[^\s/""'\\]+(?<after>@)", Linear | RegexOptions.IgnoreCase), "[credentials]", Always),
        (new(Start + @"(?<name>https?://)[^\s/:@""'\\]{16,}(?<after>@)", Linear | RegexOptions.IgnoreCase), "[credentials]", Always),
        (new(Start + @"(?<name>;\s*(?:pwd|password)\s*=\s*)(?<value>[^;""'\s\\\[]+)", Linear | RegexOptions.IgnoreCase), "[secret]", Always),
        (Assignment(EscapedQuote, EscapedValue), "[secret]", IsQuotedValue),
        (Assignment(@"""", @"(?:[^""\\\n]|\\.)+"), "[secret]", IsQuotedValue),
        (Assignment("'", @"[^'\n]+"), "[secret]", IsQuotedValue),
        (Assignment("", @"[^\s""',;\\\[\]{}()]{4,}"), "[secret]", IsBareValue),
        (new(Start + @"(?<value>(?:[\p{L}\p{N}._%+-]|\\u002[Bb])+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,})\b", Linear), "[e-mail]", IsNoRepository),
    ];

    private static readonly Regex Reference = new(
        @"^(?:null|nil|none|true|false|undefined|empty|unset|required|optional|string|str|\*+|x+|\.+|<.*|\$.*|%.*%?|\{.*|\[.*|os\.\w.*|process\.\w.*|self\.\w.*|this\.\w.*|env\.\w.*|=.*)$",
        Linear | RegexOptions.IgnoreCase);

    /// <summary>The text with every find replaced by a mark that says what stood there.</summary>
    public static Redacted Apply(string text)
    {
        var count = 0;
        foreach (var (pattern, mark, isSecret) in Rules)
        {
            var searched = text;
            text = pattern.Replace(searched, match =>
            {
                if (!isSecret(match, searched))
                {
                    return match.Value;
                }

                count++;
                return match.Groups["before"].Value + match.Groups["name"].Value + mark + match.Groups["after"].Value;
            });
        }

        return new(text, count);
    }

    private static Regex Assignment(string quote, string value) => new(
        Start + @"(?<name>[a-z0-9_.-]*" + SecretName.ReplaceLineEndings("") + @"(?:s|\d+|[_-]\w+|(?-i:[A-Z])\w*)?(?:\\*[""']|\\+u002[27])?\s*(?::|=>?)\s*" + quote + ")(?<value>" + value + ")",
        Linear | RegexOptions.IgnoreCase);

    private static bool Always(Match match, string text) => true;

    private static bool HasDigit(Match match, string text) => match.ValueSpan.ContainsAnyInRange('0', '9');

    /// <summary>"basic understanding" is prose; letters alone are a token only when capitals stand among them.</summary>
    private static bool IsNoWord(Match match, string text)
    {
        var value = match.Groups["value"].ValueSpan.TrimEnd(".-");
        return value.ContainsAnyInRange('0', '9') || value.ContainsAny("+/=_~") || value[1..].ContainsAnyInRange('A', 'Z');
    }

    private static bool IsQuotedValue(Match match, string text) => IsValue(match.Groups["value"].Value);

    /// <summary>Without quotes, a word of letters is a value when its line ends with it: "password: it does not work" is prose.</summary>
    private static bool IsBareValue(Match match, string text)
    {
        var value = match.Groups["value"].Value;
        var next = match.Index + match.Length;
        var called = next < text.Length && text[next] is '(' or '[';
        var last = next == text.Length || text[next] is '\n' or '\r' or '\\' or '"' or '\'' or ',' or ';' or '}' or ')';
        return !called && IsValue(value) && (last || !value.AsSpan().TrimEnd(".!?:").ToString().All(char.IsLetter));
    }

    private static bool IsValue(string value) => !Reference.IsMatch(value);

    /// <summary>git@host is where a repository is, not a person.</summary>
    private static bool IsNoRepository(Match match, string text) => !match.Groups["value"].ValueSpan.StartsWith("git@");
}
