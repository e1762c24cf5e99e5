using Moss.Replays.Json;

namespace Moss.Replays.Sandboxed;

/// <summary>The last line that a program printed: most often the reason why it failed.</summary>
public static class LastLine
{
    /// <summary>The last line that is not blank, at most 200 characters; empty when there is none.</summary>
    public static string Of(string text)
    {
        var last = ReadOnlySpan<char>.Empty;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            last = line.IsWhiteSpace() ? last : line;
        }

        return JsonText.Cut(last.Trim().ToString(), 200);
    }

    internal static string After(string separator, string text) => Of(text) is { Length: > 0 } line ? separator + line : "";
}
