using System.Security.Cryptography;
using System.Text;
using Moss.Domain.Evidence;
using Moss.Replays.Quoting;

namespace Moss.CodingAgents.Prompts;

/// <summary>Puts text by strangers into a prompt as data: see <see cref="QuotedText"/>. The code is a hash of the text.</summary>
public static class Quoted
{
    /// <summary>The text between boundaries.</summary>
    /// <param name="label">What it is, in Moss's words; a name by strangers in it is reduced to harmless characters.</param>
    /// <param name="text">Anything.</param>
    public static string Block(string label, string text)
    {
        var data = ForeignText.Visible(text);
        return QuotedText.Between(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..16], data, OneLine(label));
    }

    /// <summary>A short text by strangers within a line of Moss's own: one line, cut, in quotes.</summary>
    public static string Inline(string text) => $"\"{OneLine(text).Replace('"', '\'')}\"";

    private static string OneLine(string text) => Excerpt.Of(ForeignText.Visible(text).Replace('\n', ' '), 300).Replace('\n', ' ');
}
