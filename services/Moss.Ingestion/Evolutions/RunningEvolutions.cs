using Moss.Domain.Evidence;
using Moss.Domain.Evolution;
using Moss.EventStore;

namespace Moss.Ingestion.Evolutions;

/// <summary>Whether a batch is being evolved: one of its evolutions has not ended.</summary>
internal sealed class RunningEvolutions(IEventStore store)
{
    public async Task<Guid?> FindAsync(Batch batch, CancellationToken cancellationToken)
    {
        foreach (var evolution in batch.Evolutions)
        {
            if (!(await LoadAsync(evolution, cancellationToken)).Phase.IsTerminal())
            {
                return evolution;
            }
        }

        return null;
    }

    private async Task<EvolutionState> LoadAsync(Guid evolution, CancellationToken cancellationToken)
    {
        var state = EvolutionState.Empty;
        await foreach (var stored in store.ReadStreamAsync(new($"evolution-{evolution:n}"), 0, cancellationToken))
        {
            state = state.Apply(stored.Data, stored.Metadata.Time);
        }

        return state;
    }
}
