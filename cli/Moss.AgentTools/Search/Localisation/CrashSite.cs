using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Search.Localisation;

/// <summary>Lines that a stack trace names.</summary>
internal static partial class CrashSite
{
    /// <summary>
    /// The innermost line of a known file in what each crashed scenario printed, as <c>File "a.py", line 3</c> or
    /// <c>a.py:3</c>.
    /// </summary>
    public static ImmutableHashSet<(string Path, int Line)> Of(IEnumerable<TryResult> results, IReadOnlyCollection<string> files) =>
        [.. results.Where(r => r.Outcome == "crashed").Select(r => Innermost(r.Trace?.Error ?? r.Note, files)).OfType<(string, int)>()];

    private static (string Path, int Line)? Innermost(string text, IReadOnlyCollection<string> files)
    {
        (string, int)? found = null;
        foreach (Match match in Frame().Matches(text))
        {
            var named = match.Groups["path"].Value;
            var path = files.Where(f => named == f || named.EndsWith("/" + f, StringComparison.Ordinal)).MaxBy(f => f.Length);
            if (path is not null && int.TryParse(match.Groups["line"].Value, CultureInfo.InvariantCulture, out var line))
            {
                found = (path, line);
            }
        }

        return found;
    }

    [GeneratedRegex("""(?<path>[\w./-]+\.\w+)(?:", line |:)(?<line>\d{1,7})""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Frame();
}
