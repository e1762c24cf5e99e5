using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Moss.Domain.Evidence;

/// <summary>
/// What makes two reports the same failure, whoever met it and whenever: the scenario that replays it and the error that the
/// transcript ends with, without what differs from session to session.
/// </summary>
public static class Fingerprint
{
    private const RegexOptions Linear = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private static readonly Regex Error = new(@"\b\w*(?:Error|Exception|Panic)\b[^""\\\r\n]{0,120}", Linear);

    private static readonly Regex Varying = new(@"'[^']*'|\b[0-9a-fA-F]{8,}(?:-[0-9a-fA-F]{4,})*\b|\d+", Linear);

    /// <summary>16 hex digits.</summary>
    public static string Of(string scenario, string transcript) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{scenario}\n{Symptom(transcript)}")))[..16];

    /// <summary>The last error that a transcript names, with <c>#</c> for numbers, ids and quoted names; empty when it names none.</summary>
    public static string Symptom(string transcript)
    {
        var last = "";
        foreach (var found in Error.EnumerateMatches(transcript))
        {
            last = transcript.Substring(found.Index, found.Length);
        }

        return Varying.Replace(last, "#").TrimEnd();
    }
}
