using System.Text;

namespace Moss.Workspaces;

/// <summary>Writes a <see cref="CommitMessage"/> as git stores it.</summary>
internal static class CommitText
{
    /// <summary>Subject, body and trailers with an empty line between; trailers are always the last paragraph.</summary>
    public static string Render(CommitMessage message)
    {
        var text = new StringBuilder(OneLine(message.Subject)).Append('\n');
        if (Clean(message.Body).Trim() is { Length: > 0 } body)
        {
            text.Append('\n').Append(body).Append('\n');
        }

        if (!message.Trailers.IsEmpty)
        {
            text.Append('\n');
        }

        foreach (var (key, value) in message.Trailers)
        {
            text.Append(Key(key)).Append(": ").Append(OneLine(value)).Append('\n');
        }

        return text.ToString();
    }

    private static string Key(string key) => key.Length > 0 && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
        ? key
        : throw new ArgumentException($"'{key}' is no trailer key: letters, digits and '-'.", nameof(key));

    private static string OneLine(string text) => string.Join(' ', Clean(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>git refuses a NUL in a message; other controls have no business in one.</summary>
    private static string Clean(string text) => new(
        [.. text.ReplaceLineEndings("\n").Where(letter => !char.IsControl(letter) || letter is '\n' or '\t')]);
}
