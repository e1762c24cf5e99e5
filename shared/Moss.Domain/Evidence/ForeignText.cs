using System.Text;
using System.Text.RegularExpressions;

namespace Moss.Domain.Evidence;

/// <summary>Text that programs and people outside of Moss wrote: it may hold anything, and is stored and shown all the same.</summary>
public static class ForeignText
{
    /// <summary>Commands to a terminal (colours, titles, movements of the cursor), as ECMA-48 writes them.</summary>
    private static readonly Regex TerminalCommand = new(
        @"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B\n]*(?:\x07|\x1B\\)?|[@-Z\\^_])", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>Fit to be kept: without commands to a terminal and without secrets, with what cannot be seen made visible.</summary>
    /// <param name="text">Cut to a size that may be kept: its time is linear in its length.</param>
    public static string Clean(string text) => Redaction.Apply(Visible(TerminalCommand.Replace(text, ""))).Text;

    /// <summary>Line ends made equal; what a reader cannot see (control and direction characters) made visible.</summary>
    public static string Visible(string text)
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
