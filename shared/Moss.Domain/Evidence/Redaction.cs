using System.Text.RegularExpressions;

namespace Moss.Domain.Evidence;

/// <summary>A text without what must not be stored.</summary>
/// <param name="Text">With a mark in place of each secret.</param>
/// <param name="Count">How many were taken out.</param>
public sealed record Redacted(string Text, int Count);

/// <summary>Takes secrets, credentials and e-mail addresses out of evidence before it is stored.</summary>
public static partial class Redaction
{
    private static readonly (Regex Pattern, string Mark)[] Rules =
    [
        (PrivateKey(), "[private key]"),
        (Jwt(), "[token]"),
        (KnownToken(), "[token]"),
        (Bearer(), "$1 [token]"),
        (UrlCredentials(), "$1[credentials]@"),
        (Assignment(), "$1$2[secret]"),
        (Email(), "[e-mail]"),
    ];

    /// <summary>The text with every find replaced by a mark that says what stood there.</summary>
    public static Redacted Apply(string text)
    {
        var count = 0;
        foreach (var (pattern, mark) in Rules)
        {
            text = pattern.Replace(text, match =>
            {
                count++;
                return match.Result(mark);
            });
        }

        return new(text, count);
    }

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)", RegexOptions.NonBacktracking)]
    private static partial Regex PrivateKey();

    [GeneratedRegex("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Jwt();

    [GeneratedRegex("\\b(sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[0-9A-Z]{16}|AIza[A-Za-z0-9_-]{30,}|npm_[A-Za-z0-9]{30,})", RegexOptions.NonBacktracking)]
    private static partial Regex KnownToken();

    [GeneratedRegex("\\b((?i:bearer|basic)) [A-Za-z0-9+/=._~-]{12,}", RegexOptions.NonBacktracking)]
    private static partial Regex Bearer();

    [GeneratedRegex("\\b([a-z][a-z0-9+.-]*://)[^\\s/:@\"]+:[^\\s/@\"]+@", RegexOptions.NonBacktracking)]
    private static partial Regex UrlCredentials();

    [GeneratedRegex("(?i)\\b([a-z0-9_-]*(?:password|passwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret)[\"']?)(\\s*[:=]\\s*[\"']?)[^\\s\"',;\\[]{4,}", RegexOptions.NonBacktracking)]
    private static partial Regex Assignment();

    [GeneratedRegex("\\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}\\b", RegexOptions.NonBacktracking)]
    private static partial Regex Email();
}
