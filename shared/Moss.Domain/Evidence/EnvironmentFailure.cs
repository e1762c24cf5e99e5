using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Moss.Domain.Evidence;

/// <summary>
/// Tells failures of what a substrate runs on (an outage, a quota, the network) from its own: no change of its source repairs them.
/// Only the last line counts: an agent that met one on its way and went on has failed by itself.
/// </summary>
public static class EnvironmentFailure
{
    private const int LongestLine = 4_000;

    private const RegexOptions Linear = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase;

    private static readonly ImmutableArray<(Regex Pattern, string Meaning)> Known =
    [
        (new(@"\binsufficient_quota\b|\bquota[ _]exceeded\b|exceeded your current quota|billing hard limit", Linear), "a quota is used up"),
        (new(@"\brate_limit_(?:error|exceeded)\b|\brate limit (?:exceeded|reached)\b|\b429\b.{0,20}too many requests|RESOURCE_EXHAUSTED", Linear), "a rate limit was reached"),
        (new(@"\boverloaded_error\b|\b(?:502 bad gateway|503 service unavailable|504 gateway time-?out)\b|\b(?:status|http|error|code)[^a-z0-9]{0,12}(?:502|503|504|529)\b", Linear), "a service was down"),
        (new(@"\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)\b|\bConnectionRefusedError\b|could not resolve host|temporary failure in name resolution|name or service not known|no route to host", Linear), "the network did not answer"),
        (new(@"\bENOSPC\b|no space left on device", Linear), "a disk was full"),
    ];

    /// <summary>What failed, for people; null when it was the substrate itself.</summary>
    /// <param name="transcript">The session, oldest line first; may be empty.</param>
    public static string? Find(string transcript)
    {
        var text = transcript.AsSpan().TrimEnd();
        var last = text[(text.LastIndexOf('\n') + 1)..];
        var end = last.Length > LongestLine ? last[^LongestLine..] : last;
        foreach (var (pattern, meaning) in Known)
        {
            if (pattern.IsMatch(end))
            {
                return meaning;
            }
        }

        return null;
    }
}
