using System.Globalization;
using System.Text.RegularExpressions;

namespace Moss.Substrates;

/// <summary>Sizes as <c>moss.yaml</c> writes them: <c>512MiB</c>, <c>1GiB</c>.</summary>
public static partial class SizeText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Reads a whole number with one of the units B, KiB, MiB, GiB, TiB.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        if (Format().Match(text) is not { Success: true } match)
        {
            return false;
        }

        bytes = long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) << (10 * Array.IndexOf(Units, match.Groups[2].Value));
        return true;
    }

    /// <summary>With the largest unit that needs no fraction.</summary>
    public static string Write(long bytes)
    {
        var unit = 0;
        while (bytes != 0 && bytes % 1024 == 0 && unit < Units.Length - 1)
        {
            (bytes, unit) = (bytes / 1024, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes}{Units[unit]}");
    }

    [GeneratedRegex(@"^([0-9]{1,6})(B|KiB|MiB|GiB|TiB)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Format();
}
