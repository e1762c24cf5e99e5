using System.Text;
using Moss.Domain.Evidence;

namespace Moss.Replays.Quoting;

/// <summary>
/// Text by strangers as data within a prompt. The boundary carries a code that follows from the text itself, so that no text can contain its own
/// boundary, and every line is marked, so that even a boundary guessed right is not one.
/// </summary>
public static class QuotedText
{
    /// <summary>The text between boundaries.</summary>
    /// <param name="code">Follows from the text, and perhaps from a secret.</param>
    /// <param name="visible">As <see cref="ForeignText.Visible"/> made it.</param>
    /// <param name="label">What it is, one line in Moss's words; may be empty.</param>
    public static string Between(string code, string visible, string label = "")
    {
        var block = new StringBuilder().Append("<<< BEGIN DATA ").Append(code).Append(label.Length == 0 ? "" : " ").Append(label).Append('\n');
        foreach (var line in visible.Split('\n'))
        {
            block.Append("| ").Append(line).Append('\n');
        }

        return block.Append(">>> END DATA ").Append(code).ToString();
    }
}
