using System.Text.RegularExpressions;

namespace Moss.Domain.Implementation;

/// <summary>Finds what looks like a credential in one line of text, in time linear in its length.</summary>
public static class SecretPatterns
{
    /// <summary>Bits a character from which on a quoted value is taken to be random; words stay below.</summary>
    private const double RandomFrom = 3.5;

    private const RegexOptions Linear = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private static readonly Regex PrivateKey = new("-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----", Linear);

    private static readonly Regex CloudKey = new(@"\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}", Linear);

    private static readonly Regex ServiceToken = new(
        @"\bgh[pousr]_[0-9A-Za-z]{36}|\bgithub_pat_[0-9A-Za-z_]{22}|\bglpat-[0-9A-Za-z_-]{20}|\bxox[abprs]-[0-9A-Za-z-]{10}"
        + @"|\bsk-[0-9A-Za-z_-]{20}|\bnpm_[0-9A-Za-z]{36}|\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10}",
        Linear);

    private static readonly Regex Assignment = new(
        """(secret|token|passwo?r?d|api[_-]?key|access[_-]?key|credential)\w*["']?\s*[:=]\s*["'](?<value>[0-9A-Za-z+/=_.~-]{20,})["']""",
        Linear | RegexOptions.IgnoreCase);

    /// <summary>What kind of credential the line holds, with its article; null when it holds none.</summary>
    public static string? Find(string line) => line switch
    {
        _ when PrivateKey.IsMatch(line) => "a private key",
        _ when CloudKey.IsMatch(line) => "a cloud access key",
        _ when ServiceToken.IsMatch(line) => "an access token",
        _ when Assignment.Match(line) is { Success: true } match && LooksRandom(match.Groups["value"].Value)
            => "a value that looks like a secret",
        _ => null,
    };

    private static bool LooksRandom(string value) =>
        value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetter) && Entropy(value) >= RandomFrom;

    private static double Entropy(string text) =>
        text.GroupBy(letter => letter)
            .Select(group => (double)group.Count() / text.Length)
            .Sum(share => -share * Math.Log2(share));
}
