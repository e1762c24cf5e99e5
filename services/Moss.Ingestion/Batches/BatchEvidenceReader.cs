using System.Collections.Immutable;
using Moss.Artifacts;

namespace Moss.Ingestion.Batches;

/// <summary>The evidence of a batch for the roles that look for its cause.</summary>
internal sealed class BatchEvidenceReader(BatchStreams streams) : IEvidenceReader
{
    public async Task<ImmutableArray<BatchEvidence>> FindAsync(Guid batchId, CancellationToken cancellationToken) =>
    [
        .. (await streams.LoadAsync(batchId, cancellationToken)).Batch.Evidence
            .Select(item => new BatchEvidence(item.Scenario, item.Complaint, item.TranscriptArtifact)),
    ];
}
