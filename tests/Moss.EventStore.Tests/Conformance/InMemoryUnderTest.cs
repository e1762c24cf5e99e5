using Moss.EventStore.Appending;
using Moss.EventStore.InMemory;

namespace Moss.EventStore.Tests.Conformance;

public sealed class InMemoryEventStoreTests : EventStoreConformance
{
    protected override Task<StoreUnderTest> CreateAsync() => Task.FromResult<StoreUnderTest>(new InMemoryUnderTest());
}

internal sealed class InMemoryUnderTest : StoreUnderTest
{
    private readonly InMemoryEventStore store = new(TestEvents.Catalog());

    public override IEventStore Store => store;

    public override IEventStore Another() => store;

    /// <summary>Nothing is slow inside the lock, so the slow part is before it: encoding.</summary>
    public override Task<Func<Task>> BeginSlowAppendAsync(StreamId stream, int writers)
    {
        var gate = new ManualResetEventSlim();
        var append = Task.Run(() => store.AppendAsync(stream, ExpectedVersion.NoStream, TestEvents.New(new Slow { Gate = gate })));
        return Task.FromResult<Func<Task>>(async () =>
        {
            gate.Set();
            await append;
            gate.Dispose();
        });
    }

    internal override Task TamperAsync(Func<IReadOnlyList<EventRow>, IEnumerable<EventRow>> change)
    {
        var changed = change([.. store.Rows]).OrderBy(row => row.Position).ToList();
        store.Rows.Clear();
        store.Rows.AddRange(changed);
        return Task.CompletedTask;
    }

    internal override Task TamperWithHeadAsync(StreamId stream, StreamHead? head)
    {
        store.Heads.Remove(stream.Value);
        if (head is not null)
        {
            store.Heads.Add(stream.Value, head);
        }

        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => store.DisposeAsync();
}
