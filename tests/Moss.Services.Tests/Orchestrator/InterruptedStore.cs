using Moss.EventStore;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>A store in which something else happens between the load and the append of one saga.</summary>
internal sealed class InterruptedStore(IEventStore inner) : IEventStore
{
    private Func<Task>? interruption;

    public int Conflicts { get; private set; }

    /// <summary>The store itself, which nothing interrupts.</summary>
    public IEventStore Real => inner;

    /// <summary>Runs once, before the next append.</summary>
    public void InterruptNextAppend(Func<Task> with) => interruption = with;

    public async Task<long> AppendAsync(
        StreamId stream, ExpectedVersion expected, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref interruption, null) is { } first)
        {
            await first();
        }

        try
        {
            return await inner.AppendAsync(stream, expected, events, cancellationToken);
        }
        catch (WrongExpectedVersionException)
        {
            Conflicts++;
            throw;
        }
    }

    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(StreamId stream, long fromVersion, CancellationToken cancellationToken) =>
        inner.ReadStreamAsync(stream, fromVersion, cancellationToken);

    public Task<IReadOnlyList<StoredEvent>> ReadFeedAsync(long after, int max, CancellationToken cancellationToken) =>
        inner.ReadFeedAsync(after, max, cancellationToken);

    public Task<long> LastPositionAsync(CancellationToken cancellationToken) => inner.LastPositionAsync(cancellationToken);

    public Task WaitForEventsAsync(long after, CancellationToken cancellationToken) => inner.WaitForEventsAsync(after, cancellationToken);

    public Task<long> LoadCheckpointAsync(string subscriber, CancellationToken cancellationToken) =>
        inner.LoadCheckpointAsync(subscriber, cancellationToken);

    public Task SaveCheckpointAsync(string subscriber, long position, CancellationToken cancellationToken) =>
        inner.SaveCheckpointAsync(subscriber, position, cancellationToken);

    public Task<Snapshot?> LoadSnapshotAsync(StreamId stream, CancellationToken cancellationToken) => inner.LoadSnapshotAsync(stream, cancellationToken);

    public Task SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken) => inner.SaveSnapshotAsync(snapshot, cancellationToken);

    public Task SetDeadlineAsync(Deadline deadline, CancellationToken cancellationToken) => inner.SetDeadlineAsync(deadline, cancellationToken);

    public Task ClearDeadlineAsync(string id, CancellationToken cancellationToken) => inner.ClearDeadlineAsync(id, cancellationToken);

    public Task<IReadOnlyList<Deadline>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) => inner.DueAsync(now, cancellationToken);

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => inner.NextDueAsync(cancellationToken);

    public Task<AuditReport> VerifyAsync(Anchors anchors, CancellationToken cancellationToken) => inner.VerifyAsync(anchors, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
