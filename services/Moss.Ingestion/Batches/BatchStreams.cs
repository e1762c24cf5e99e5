using Moss.Domain.Evidence;
using Moss.EventStore;

namespace Moss.Ingestion.Batches;

/// <summary>A batch and the version that it was read at.</summary>
internal sealed record LoadedBatch(Batch Batch, long Version)
{
    public bool Exists => Version >= 0;
}

/// <summary>Loads batches and appends to them.</summary>
internal sealed class BatchStreams(IEventStore store, TimeProvider clock)
{
    public async Task<LoadedBatch> LoadAsync(Guid batch, CancellationToken cancellationToken)
    {
        var loaded = new LoadedBatch(Batch.Empty, ExpectedVersion.NoStream.Value);
        await foreach (var stored in store.ReadStreamAsync(StreamOf(batch), 0, cancellationToken))
        {
            loaded = new(loaded.Batch.Apply(stored.Data, stored.Metadata.Time), stored.Version);
        }

        return loaded;
    }

    public async Task AppendAsync(Guid batch, LoadedBatch loaded, string actor, IEnumerable<object> events, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var metadata = new EventMetadata(batch.ToString(), "", actor, now);
        await store.AppendAsync(
            StreamOf(batch), loaded.Exists ? ExpectedVersion.Exactly(loaded.Version) : ExpectedVersion.NoStream,
            [.. events.Select(data => new NewEvent(Guid.CreateVersion7(now), data, metadata))], cancellationToken);
    }

    private static StreamId StreamOf(Guid batch) => new($"batch-{batch:n}");
}
