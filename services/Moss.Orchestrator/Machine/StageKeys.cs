using Moss.Contracts;
using Moss.Domain.Evolution;

namespace Moss.Orchestrator.Machine;

/// <summary>Stage keys on the wire and in the domain.</summary>
internal static class StageKeys
{
    public static StageKey ToKey(this StageReference reference) =>
        new(reference.EvolutionId, reference.Iteration, Enum.Parse<Stage>(reference.Stage), reference.Round);

    public static StageReference ToReference(this StageKey key) =>
        new(key.Evolution, key.Iteration, key.Stage.ToString(), key.Round);
}
