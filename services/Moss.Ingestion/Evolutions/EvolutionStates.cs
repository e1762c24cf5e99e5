using Moss.Domain.Evolution;
using Moss.EventStore;

namespace Moss.Ingestion.Evolutions;

/// <summary>Evolutions as they stand.</summary>
internal sealed class EvolutionStates(IEventReader events)
{
    public async Task<EvolutionState> LoadAsync(Guid evolution, CancellationToken cancellationToken)
    {
        var state = EvolutionState.Empty;
        await foreach (var stored in events.ReadStreamAsync(new($"evolution-{evolution:n}"), 0, cancellationToken))
        {
            state = state.Apply(stored.Data, stored.Metadata.Time);
        }

        return state;
    }
}
