using Moss.EventStore.Appending;

namespace Moss.EventStore.Tests.Conformance;

/// <summary>An adapter with what the suite needs beyond the port.</summary>
public abstract class StoreUnderTest : IAsyncDisposable
{
    public abstract IEventStore Store { get; }

    /// <summary>As another process would see it: another instance over the same data, or the same where none is possible.</summary>
    public abstract IEventStore Another();

    /// <summary>As another process that this one hears of: the store itself for adapters that are made for one process.</summary>
    public virtual IEventStore Neighbour() => Store;

    /// <summary>Begins an append that gets its place before those that follow, and ends only when it is told to.</summary>
    /// <param name="stream">Where to; its name begins with <c>slow-</c>.</param>
    /// <param name="writers">How many others will have begun by the time it ends.</param>
    public abstract Task<Func<Task>> BeginSlowAppendAsync(StreamId stream, int writers);

    /// <summary>Changes the stored rows behind the adapter's back.</summary>
    internal abstract Task TamperAsync(Func<IReadOnlyList<EventRow>, IEnumerable<EventRow>> change);

    internal abstract Task TamperWithHeadAsync(StreamId stream, StreamHead? head);

    public abstract ValueTask DisposeAsync();
}
