using MassTransit;
using MassTransit.Saga;
using Moss.EventStore;

namespace Moss.Orchestrator.EventSourcing;

/// <summary>Gives MassTransit sagas from the event store. There is no saga table that could disagree with history.</summary>
internal sealed class EventSourcedSagaRepository<TSaga>(
    IEventStore store, TimeProvider clock, ISagaConsumeContextFactory<IEventStore, TSaga> factory)
    : ISagaRepositoryContextFactory<TSaga>, ILoadSagaRepositoryContextFactory<TSaga>
    where TSaga : class, IEventSourcedSaga, new()
{
    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class =>
        next.Send(new EventSourcedSagaContext<TSaga, T>(new SagaStreams<TSaga>(store, clock), store, context, factory));

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class =>
        throw new NotSupportedException("an evolution is found by its id alone");

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class =>
        asyncMethod(new EventSourcedLoadContext<TSaga>(new SagaStreams<TSaga>(store, clock), cancellationToken));

    public void Probe(ProbeContext context) => context.Add("persistence", "event store");
}
