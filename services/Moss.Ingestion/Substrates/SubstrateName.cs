using System.Text.RegularExpressions;

namespace Moss.Ingestion.Substrates;

/// <summary>Names that a substrate can have: a stream is called after it.</summary>
internal static partial class SubstrateName
{
    public static bool IsValid(string? name) => name is not null && Pattern().IsMatch(name);

    [GeneratedRegex("^[a-z0-9-]{1,40}\\z")]
    private static partial Regex Pattern();
}
