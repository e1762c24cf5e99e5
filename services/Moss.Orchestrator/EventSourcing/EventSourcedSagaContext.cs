using MassTransit;
using MassTransit.Context;
using MassTransit.Middleware;
using MassTransit.Saga;
using Moss.EventStore;

namespace Moss.Orchestrator.EventSourcing;

/// <summary>One message meets one saga. Streams are never deleted: a deleted saga is saved like any other.</summary>
internal sealed class EventSourcedSagaContext<TSaga, TMessage>(
    SagaStreams<TSaga> streams, IEventStore store, ConsumeContext<TMessage> message, ISagaConsumeContextFactory<IEventStore, TSaga> factory)
    : ConsumeContextScope<TMessage>(message), SagaRepositoryContext<TSaga, TMessage>
    where TSaga : class, IEventSourcedSaga, new()
    where TMessage : class
{
    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(
        ConsumeContext<T> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where T : class =>
        factory.CreateSagaConsumeContext(store, consumeContext, instance, mode);

    public Task<SagaConsumeContext<TSaga, TMessage>> Add(TSaga instance) =>
        factory.CreateSagaConsumeContext(store, this, streams.Begin(instance), SagaConsumeContextMode.Add);

    public Task<SagaConsumeContext<TSaga, TMessage>> Insert(TSaga instance) =>
        factory.CreateSagaConsumeContext(store, this, streams.Begin(instance), SagaConsumeContextMode.Insert);

    public async Task<SagaConsumeContext<TSaga, TMessage>> Load(Guid correlationId) =>
        await streams.LoadAsync(correlationId, CancellationToken) is { } saga
            ? await factory.CreateSagaConsumeContext(store, this, saga, SagaConsumeContextMode.Load)
            : null!; // MassTransit's word for "there is none".

    public Task Save(SagaConsumeContext<TSaga> context) => streams.SaveAsync(context.Saga, context.MessageId, CancellationToken);

    public Task Update(SagaConsumeContext<TSaga> context) => Save(context);

    public Task Delete(SagaConsumeContext<TSaga> context) => Save(context);

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> context) => Task.CompletedTask;
}

/// <summary>Reads a saga outside of any message.</summary>
internal sealed class EventSourcedLoadContext<TSaga>(SagaStreams<TSaga> streams, CancellationToken cancellationToken)
    : BasePipeContext(cancellationToken), LoadSagaRepositoryContext<TSaga>
    where TSaga : class, IEventSourcedSaga, new()
{
    public async Task<TSaga> Load(Guid correlationId) => (await streams.LoadAsync(correlationId, CancellationToken))!;
}
