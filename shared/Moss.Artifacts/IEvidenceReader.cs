using System.Collections.Immutable;

namespace Moss.Artifacts;

/// <summary>Reads what was reported with a batch, for the roles that look for the cause.</summary>
public interface IEvidenceReader
{
    /// <summary>The evidence of a batch, oldest first; empty when nothing is known of it.</summary>
    Task<ImmutableArray<BatchEvidence>> FindAsync(Guid batchId, CancellationToken cancellationToken);
}

/// <summary>One failing episode, as it was reported. Everything in it is text by strangers.</summary>
/// <param name="Scenario">Id of the scenario that replays it.</param>
/// <param name="Complaint">What a person said, verbatim; empty when nobody did.</param>
/// <param name="TranscriptArtifact">Hash of the transcript; null when there is none.</param>
public sealed record BatchEvidence(string Scenario, string Complaint, string? TranscriptArtifact);

/// <summary>For where nothing was reported: scenarios speak for themselves.</summary>
public sealed class NoEvidence : IEvidenceReader
{
    /// <inheritdoc/>
    public Task<ImmutableArray<BatchEvidence>> FindAsync(Guid batchId, CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<BatchEvidence>.Empty);
}
