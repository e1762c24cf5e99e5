using Moss.Artifacts;
using Moss.Contracts;
using Moss.Contracts.Trials;

namespace Moss.ServiceDefaults.Stages;

/// <summary>Reads what the baseline stage of an evolution found, from the answer that the ledger keeps.</summary>
public sealed class BaselineReader(IStageLedger ledger)
{
    /// <summary>Name of the stage as in the domain.</summary>
    public const string Stage = "Baseline";

    /// <summary>All its trials, of the batch and of the corpus; empty when it has not been answered.</summary>
    public async Task<IReadOnlyList<TrialReport>> ReadAsync(Guid evolution, CancellationToken cancellationToken)
    {
        var stored = await ledger.FindAsync<StoredAnswer>(new StageReference(evolution, 0, Stage, 1).Key(), cancellationToken);
        return stored?.Open() is TrialsCompleted baseline ? baseline.Trials : [];
    }
}
