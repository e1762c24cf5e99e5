using System.Collections.Immutable;
using Moss.AgentTools.Search.Profile;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>A change that a template proposes at a place.</summary>
/// <param name="Edits">They do not overlap.</param>
/// <param name="Template">Which kind of change.</param>
/// <param name="Cost">See <see cref="Mutant.Cost"/>.</param>
/// <param name="What">In words, an imperative.</param>
internal sealed record Proposal(ImmutableArray<Edit> Edits, string Template, double Cost, string What)
{
    /// <summary>The value that it changes; null when that is not known.</summary>
    public ChangedValue? Value { get; init; }
}

/// <summary>A value that another one takes the place of, computed where its statement starts.</summary>
/// <param name="Before">The expression that is there now; null where nothing is.</param>
/// <param name="After">The expression that would be there.</param>
/// <param name="Group">See <see cref="Observation.Group"/>.</param>
internal sealed record ChangedValue(string? Before, string After, string Group)
{
    public Observation At(int line) => new(line, Before, After, Group);
}
