using System.Collections.Immutable;
using Moss.Artifacts;
using Moss.Domain.Evidence;
using Moss.EventStore;

namespace Moss.Records;

/// <summary>The evidence of a batch for the roles that look for its cause.</summary>
internal sealed class BatchEvidenceReader(IEventReader events) : IEvidenceReader
{
    public async Task<ImmutableArray<BatchEvidence>> FindAsync(Guid batchId, CancellationToken cancellationToken)
    {
        var batch = Batch.Empty;
        await foreach (var stored in events.ReadStreamAsync(new StreamId($"batch-{batchId:n}"), 0, cancellationToken))
        {
            batch = batch.Apply(stored.Data, stored.Metadata.Time);
        }

        return [.. batch.Evidence.Select(item => new BatchEvidence(item.Scenario, item.Complaint, item.TranscriptArtifact))];
    }
}
