using System.Globalization;
using System.Text.RegularExpressions;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Search.Localisation;

/// <summary>Where a scenario crashed and with which error.</summary>
/// <param name="Path">A known file.</param>
/// <param name="Line">The innermost line of it that the stack trace names.</param>
/// <param name="Error">The last line of the trace.</param>
internal sealed partial record Crash(string Path, int Line, string Error)
{
    /// <summary>One for each crashed scenario whose trace names a known file, as <c>File "a.py", line 3</c> or <c>a.py:3</c>.</summary>
    public static IReadOnlyList<Crash> Of(IEnumerable<TryResult> results, IReadOnlyCollection<string> files) =>
        [.. results.Where(r => r.Outcome == "crashed").Select(r => Innermost(r.Trace?.Error is { Length: > 0 } error ? error : r.Note, files)).OfType<Crash>().Distinct()];

    private static Crash? Innermost(string text, IReadOnlyCollection<string> files)
    {
        Crash? found = null;
        var error = text.Trim().Split('\n')[^1];
        foreach (Match match in Frame().Matches(text))
        {
            var named = match.Groups["path"].Value;
            var path = files.Where(f => named == f || named.EndsWith("/" + f, StringComparison.Ordinal)).MaxBy(f => f.Length);
            if (path is not null && int.TryParse(match.Groups["line"].Value, CultureInfo.InvariantCulture, out var line))
            {
                found = new Crash(path, line, error);
            }
        }

        return found;
    }

    [GeneratedRegex("""(?<path>[\w./-]+\.\w+)(?:", line |:)(?<line>\d{1,7})""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Frame();
}
