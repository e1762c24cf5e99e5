using System.Globalization;
using System.Text.RegularExpressions;

namespace Moss.Substrates;

/// <summary>Durations as <c>moss.yaml</c> writes them: <c>500ms</c>, <c>90s</c>, <c>5m</c>, <c>1h30m</c>.</summary>
public static partial class DurationText
{
    /// <summary>Reads whole numbers with the units h, m, s, ms, largest first, each at most once.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length == 0 || Format().Match(text) is not { Success: true } match)
        {
            return false;
        }

        duration = TimeSpan.FromHours(Amount(match, "h")) + TimeSpan.FromMinutes(Amount(match, "m"))
            + TimeSpan.FromSeconds(Amount(match, "s")) + TimeSpan.FromMilliseconds(Amount(match, "ms"));
        return true;
    }

    /// <summary>The shortest way to write it; parts below a millisecond are dropped.</summary>
    public static string Write(TimeSpan duration)
    {
        (long Amount, string Unit)[] parts =
        [
            ((long)duration.TotalHours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s"), (duration.Milliseconds, "ms"),
        ];
        var text = string.Concat(parts.Where(part => part.Amount > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Amount}{part.Unit}")));
        return text.Length > 0 ? text : "0s";
    }

    private static long Amount(Match match, string unit) =>
        match.Groups[unit] is { Success: true, Value: var digits } ? long.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?:(?<h>[0-9]{1,7})h)?(?:(?<m>[0-9]{1,7})m)?(?:(?<s>[0-9]{1,7})s)?(?:(?<ms>[0-9]{1,9})ms)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Format();
}
