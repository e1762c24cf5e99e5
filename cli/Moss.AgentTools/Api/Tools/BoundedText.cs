using System.Globalization;
using System.Text;

namespace Moss.AgentTools.Api.Tools;

/// <summary>Keeps the beginning and the end of a text that may be of any length, and says how much is missing between them.</summary>
internal sealed class BoundedText(int most)
{
    private readonly StringBuilder head = new();
    private readonly StringBuilder tail = new();
    private readonly int half = most / 2;
    private long dropped;

    public static string Of(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var bounded = new BoundedText(most);
        bounded.Append(text);
        return bounded.ToString();
    }

    public void Append(ReadOnlySpan<char> text)
    {
        var first = Math.Min(half - head.Length, text.Length);
        head.Append(text[..first]);
        tail.Append(text[first..]);
        if (tail.Length > 2 * half)
        {
            Trim();
        }
    }

    public override string ToString()
    {
        Trim();
        return dropped == 0 ? $"{head}{tail}" : string.Create(CultureInfo.InvariantCulture, $"{head}\n[... {dropped} characters are left out here ...]\n{tail}");
    }

    private void Trim()
    {
        var surplus = Math.Max(0, tail.Length - half);
        tail.Remove(0, surplus);
        dropped += surplus;
    }
}
