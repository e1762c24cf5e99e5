using System.Collections.Immutable;
using System.Text;

namespace Moss.AgentTools.Search;

/// <summary>Replace the characters from <paramref name="Start"/> up to <paramref name="End"/> by <paramref name="Text"/>.</summary>
internal readonly record struct Edit(int Start, int End, string Text)
{
    public static Edit Insert(int at, string text) => new(at, at, text);

    public int Growth => Text.Length - (End - Start);

    /// <summary>Insertions at one place touch each other without overlapping.</summary>
    public bool Overlaps(Edit other) => Start < other.End && other.Start < End;

    public static string Apply(string text, ImmutableArray<Edit> edits)
    {
        var result = new StringBuilder(text.Length + 64);
        var position = 0;
        foreach (var edit in edits.OrderBy(e => e.Start).ThenBy(e => e.End))
        {
            result.Append(text, position, edit.Start - position).Append(edit.Text);
            position = edit.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
