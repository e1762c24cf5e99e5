using Moss.Domain.Evidence;
using Moss.EventStore;

namespace Moss.Ingestion.Evidence;

/// <summary>Failures of the environment, kept beside all batches.</summary>
internal sealed class SetAsideStreams(IEventStore store, TimeProvider clock)
{
    public async Task<IReadOnlyList<EvidenceSetAside>> LoadAsync(string substrate, CancellationToken cancellationToken)
    {
        var aside = new List<EvidenceSetAside>();
        await foreach (var stored in store.ReadStreamAsync(StreamOf(substrate), 0, cancellationToken))
        {
            aside.Add((EvidenceSetAside)stored.Data);
        }

        return aside;
    }

    public async Task AppendAsync(string substrate, IEnumerable<EvidenceSetAside> aside, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var metadata = new EventMetadata(substrate, "", "ingestion", now);
        await store.AppendAsync(
            StreamOf(substrate), ExpectedVersion.Any, [.. aside.Select(data => new NewEvent(Guid.CreateVersion7(now), data, metadata))],
            cancellationToken);
    }

    private static StreamId StreamOf(string substrate) => new($"environment-{substrate}");
}
