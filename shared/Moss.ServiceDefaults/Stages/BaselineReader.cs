using Moss.Artifacts;
using Moss.Contracts;
using Moss.Contracts.Trials;

namespace Moss.ServiceDefaults.Stages;

/// <summary>Reads what the baseline stage of an evolution found, from the answer that the ledger keeps.</summary>
public sealed class BaselineReader(IStageLedger ledger)
{
    /// <summary>All trials of the base, of the batch and of the corpus; empty when it has not been measured.</summary>
    public async Task<IReadOnlyList<TrialReport>> ReadAsync(Subject subject, CancellationToken cancellationToken)
    {
        var stored = subject.Baseline is { } key ? await ledger.FindAsync<StoredAnswer>(key, cancellationToken) : null;
        return stored?.Open() is TrialsCompleted baseline ? baseline.Trials : [];
    }
}
