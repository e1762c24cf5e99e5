namespace Moss.ModelProxy;

/// <summary>Names of models as one text, sorted, each once, with commas between them.</summary>
public static class ModelNames
{
    private const string Between = ", ";

    /// <summary>Those of either.</summary>
    /// <param name="one">As above; null or empty for none.</param>
    /// <param name="other">As above; null or empty for none.</param>
    public static string Both(string? one, string? other) => string.Join(
        Between, $"{one}{Between}{other}".Split(Between, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
