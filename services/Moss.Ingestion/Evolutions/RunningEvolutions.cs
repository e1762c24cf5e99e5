using Moss.Domain.Evidence;
using Moss.Domain.Evolution;

namespace Moss.Ingestion.Evolutions;

/// <summary>Whether a batch is being evolved: one of its evolutions has not ended.</summary>
internal sealed class RunningEvolutions(EvolutionStates evolutions)
{
    public async Task<Guid?> FindAsync(Batch batch, CancellationToken cancellationToken)
    {
        foreach (var evolution in batch.Evolutions)
        {
            if (!(await evolutions.LoadAsync(evolution, cancellationToken)).Phase.IsTerminal())
            {
                return evolution;
            }
        }

        return null;
    }
}
