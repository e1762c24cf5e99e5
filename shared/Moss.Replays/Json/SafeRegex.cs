using System.Text.RegularExpressions;

namespace Moss.Replays.Json;

/// <summary>A regular expression that cannot hang: without backtracking where the pattern allows it, with a time limit always.</summary>
internal sealed class SafeRegex
{
    /// <summary>For one match.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Regex regex;

    private SafeRegex(Regex regex) => this.regex = regex;

    public static SafeRegex? TryCreate(string pattern, out string problem)
    {
        problem = "";
        try
        {
            return new(Create(pattern));
        }
        catch (ArgumentException invalid)
        {
            problem = $"is not a regular expression: {invalid.Message}";
            return null;
        }
    }

    /// <summary>Whether the text matches anywhere; null when the time limit passed.</summary>
    public bool? Match(string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    public override string ToString() => $"/{JsonText.Cut(regex.ToString(), 120)}/";

    private static Regex Create(string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit);
        }
        catch (NotSupportedException)
        {
            // Look-around and back references need the other engine.
            return new(pattern, RegexOptions.CultureInvariant, Limit);
        }
    }
}
