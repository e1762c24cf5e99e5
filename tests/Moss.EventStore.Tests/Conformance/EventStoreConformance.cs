namespace Moss.EventStore.Tests.Conformance;

/// <summary>What every adapter promises. The parts of this class are the topics.</summary>
public abstract partial class EventStoreConformance : IAsyncLifetime
{
    private static readonly StreamId Stream = new("evolution-1");
    private static readonly StreamId OtherStream = new("evolution-2");

    private StoreUnderTest under = null!;

    private IEventStore Store => under.Store;

    public async Task InitializeAsync() => under = await CreateAsync();

    public async Task DisposeAsync() => await under.DisposeAsync();

    protected abstract Task<StoreUnderTest> CreateAsync();
}
