using System.Security.Cryptography;
using System.Text;

namespace Moss.CodingAgents.Prompts;

/// <summary>
/// Puts text by strangers into a prompt as data. The boundary carries a hash of the text itself, so that no text can contain
/// its own boundary, and every line is marked, so that even a boundary guessed right is not one.
/// </summary>
public static class Quoted
{
    /// <summary>The text between boundaries.</summary>
    /// <param name="label">What it is, in Moss's words; a name by strangers in it is reduced to harmless characters.</param>
    /// <param name="text">Anything.</param>
    public static string Block(string label, string text)
    {
        var data = Visible(text);
        var code = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..16];
        var block = new StringBuilder().Append("<<< BEGIN DATA ").Append(code).Append(' ').Append(OneLine(label)).Append('\n');
        foreach (var line in data.Split('\n'))
        {
            block.Append("| ").Append(line).Append('\n');
        }

        return block.Append(">>> END DATA ").Append(code).ToString();
    }

    /// <summary>A short text by strangers within a line of Moss's own: one line, cut, in quotes.</summary>
    public static string Inline(string text) => $"\"{OneLine(text).Replace('"', '\'')}\"";

    private static string OneLine(string text) => Excerpt.Of(Visible(text).Replace('\n', ' '), 300).Replace('\n', ' ');

    /// <summary>Line ends made equal; what a reader cannot see (control and direction characters) made visible.</summary>
    private static string Visible(string text)
    {
        var data = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings("\n"))
        {
            data.Append(letter is '\n' or '\t' || !IsHidden(letter) ? letter : '\uFFFD');
        }

        return data.ToString();
    }

    private static bool IsHidden(char letter) =>
        char.IsControl(letter) || letter is >= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2060' and <= '\u206F' or '\uFEFF';
}
