using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.EventStore.InMemory;
using Moss.Orchestrator.EventSourcing;
using Moss.Orchestrator.Machine;
using Moss.Testing;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>The saga on a bus in memory, over an event store in memory. Stories have evolutions of their own, so they share one.</summary>
public sealed class SagaBench : IAsyncLifetime
{
    private readonly ConsumeLog consumed = new();
    private readonly ServiceProvider provider;
    private readonly ITestHarness harness;

    public SagaBench()
        : this(store => store)
    {
    }

    /// <param name="decorate">What the saga sees in place of the store.</param>
    internal SagaBench(Func<IEventStore, IEventStore> decorate)
    {
        Store = new InMemoryEventStore(Catalog);
        provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(decorate(Store))
            .AddMassTransitTestHarness(bus => bus
                .AddSagaStateMachine<EvolutionStateMachine, EvolutionSaga, EvolutionSagaDefinition>()
                .EventStoreRepository())
            .BuildServiceProvider(validateScopes: true);
        harness = provider.GetRequiredService<ITestHarness>();
        Streams = new SagaStreams<EvolutionSaga>(Store, Clock);
    }

    internal static EventCatalog Catalog { get; } =
        EvolutionCatalogNames.All.Aggregate(new EventCatalog(), (catalog, entry) => catalog.Add(entry.Key, entry.Value));

    internal FakeClock Clock { get; } = new();

    internal IEventStore Store { get; }

    internal SagaStreams<EvolutionSaga> Streams { get; }

    internal IBus Bus => harness.Bus;

    public async Task InitializeAsync()
    {
        await harness.Start();
        harness.Bus.ConnectReceiveObserver(consumed);
    }

    public async Task DisposeAsync() => await provider.DisposeAsync();

    internal Task SendAsync(object message, Guid? id = null) => consumed.PublishAsync(harness.Bus, message, id ?? Guid.NewGuid());

    /// <summary>Appends what is given, as if every event had been recorded now.</summary>
    internal Task GiveAsync(Guid evolution, params IEnumerable<object> events) => Store.AppendAsync(
        EvolutionSaga.StreamOf(evolution), ExpectedVersion.Any,
        [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata(evolution.ToString(), "", "test", Clock.GetUtcNow())))],
        CancellationToken.None);

    internal async Task<IReadOnlyList<StoredEvent>> ReadAsync(Guid evolution, long from = 0) =>
        await Store.ReadStreamAsync(EvolutionSaga.StreamOf(evolution), from, CancellationToken.None).ToListAsync();
}
