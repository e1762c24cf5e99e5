using System.Collections.Immutable;
using Moss.AgentTools.Search.Profile;

namespace Moss.AgentTools.Search;

/// <summary>One small change of one file.</summary>
/// <param name="Path">File relative to the work tree.</param>
/// <param name="Edits">Against the text that the mutant was made from; they do not overlap.</param>
/// <param name="Template">Which kind of change.</param>
/// <param name="Cost">How unlikely such a change is to be the right one; 1 is a usual slip, 3 and more a guess.</param>
/// <param name="FirstLine">The change matters only to a run that executes one of these lines.</param>
/// <param name="LastLine">Last of them.</param>
/// <param name="Where">Function in which it is; empty at the top of the file.</param>
/// <param name="What">The change in words, an imperative.</param>
internal sealed record Mutant(
    string Path, ImmutableArray<Edit> Edits, string Template, double Cost, int FirstLine, int LastLine, string Where, string What)
{
    /// <summary>What values can tell of it; null when they cannot.</summary>
    public Observation? Observed { get; init; }

    public string Apply(string text) => Edit.Apply(text, Edits);

    public bool Overlaps(Mutant other) =>
        Path == other.Path && Edits.Any(mine => other.Edits.Any(theirs => mine.Overlaps(theirs) || mine.Start == theirs.Start));
}
