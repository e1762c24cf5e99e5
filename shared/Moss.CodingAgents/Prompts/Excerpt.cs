using System.Globalization;

namespace Moss.CodingAgents.Prompts;

/// <summary>Cuts long text in the middle: the head says what was asked and the tail how it ended.</summary>
public static class Excerpt
{
    private const double HeadShare = 0.6;

    /// <summary>At most <paramref name="limit"/> characters of the text and a line that says how many were left out.</summary>
    public static string Of(string text, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (text.Length <= limit)
        {
            return text;
        }

        var head = Whole(text, (int)(limit * HeadShare));
        var tail = Whole(text, text.Length - (limit - head));
        return string.Create(CultureInfo.InvariantCulture, $"{text[..head]}\n[… {tail - head} characters left out …]\n{text[tail..]}");
    }

    /// <summary>A place near <paramref name="index"/> that is not inside a surrogate pair.</summary>
    private static int Whole(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]) ? index - 1 : index;
}
