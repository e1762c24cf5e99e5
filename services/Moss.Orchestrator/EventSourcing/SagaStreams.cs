using Moss.EventStore;

namespace Moss.Orchestrator.EventSourcing;

/// <summary>Folds and appends the streams of one kind of saga.</summary>
internal sealed class SagaStreams<TSaga>(IEventStore store, TimeProvider clock)
    where TSaga : class, IEventSourcedSaga, new()
{
    public async Task<TSaga?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var saga = Begin(new TSaga { CorrelationId = id });
        await foreach (var stored in store.ReadStreamAsync(saga.Stream, 0, cancellationToken))
        {
            saga.Replay(stored);
        }

        return saga.Version < 0 ? null : saga;
    }

    public TSaga Begin(TSaga saga)
    {
        saga.Now = clock.GetUtcNow();
        return saga;
    }

    public async Task SaveAsync(TSaga saga, Guid? messageId, CancellationToken cancellationToken)
    {
        var recorded = saga.TakeRecorded();
        var metadata = new EventMetadata(saga.CorrelationId.ToString(), messageId?.ToString() ?? "", "orchestrator", saga.Now);
        var expected = saga.Version < 0 ? ExpectedVersion.NoStream : ExpectedVersion.Exactly(saga.Version);

        await store.AppendAsync(
            saga.Stream, expected, [.. recorded.Select(data => new NewEvent(Guid.CreateVersion7(saga.Now), data, metadata))], cancellationToken);
    }
}
