using System.Collections.Immutable;
using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Memories;
using Moss.CodingAgents.Prompts;

namespace Moss.CodingAgents.Sessions;

/// <summary>Everything about one call of an agent besides its role.</summary>
/// <param name="Facts">What it may know.</param>
/// <param name="WorkTree">Absolute path of the source on the host.</param>
/// <param name="Masks">What of the source it does not see or cannot change.</param>
/// <param name="Timeout">Wall clock of each try.</param>
public sealed record AgentTask(AssignmentFile Facts, string WorkTree, JailMasks Masks, TimeSpan Timeout)
{
    /// <summary>Text by strangers for the prompt.</summary>
    public ImmutableArray<PromptEvidence> Evidence { get; init; } = [];

    /// <summary>Files of the batch's scenarios by name.</summary>
    public ImmutableSortedDictionary<string, byte[]> ScenarioFiles { get; init; } = ImmutableSortedDictionary<string, byte[]>.Empty;

    /// <summary>Money that it may cost, in US dollars, where that can be kept from outside.</summary>
    public decimal DollarsLeft { get; init; } = decimal.MaxValue;

    /// <summary>The session of the round before; null for none.</summary>
    public AgentMemory? Memory { get; init; }

    /// <summary>What it may replay; null for nothing.</summary>
    public TryScope? Try { get; init; }
}
