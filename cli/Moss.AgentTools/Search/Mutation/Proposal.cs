using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>A change that a template proposes at a place.</summary>
/// <param name="Edits">They do not overlap.</param>
/// <param name="Template">Which kind of change.</param>
/// <param name="Cost">See <see cref="Mutant.Cost"/>.</param>
/// <param name="What">In words, an imperative.</param>
internal sealed record Proposal(ImmutableArray<Edit> Edits, string Template, double Cost, string What);
