namespace Moss.Replays.Reading;

/// <summary>What a scenario or a grader may be called: safe as a file name and in a ledger key.</summary>
public static class ScenarioId
{
    /// <summary>Longest id, characters.</summary>
    public const int MaximumLength = 80;

    /// <summary>In words.</summary>
    public static string Rule { get; } = $"Use 1 to {MaximumLength} of a-z A-Z 0-9 . _ - and begin with a letter or a digit";

    /// <summary>Whether it is one.</summary>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= MaximumLength && char.IsAsciiLetterOrDigit(id[0]) && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');
}
