using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using Moss.EventStore;

namespace Moss.Orchestrator.EventSourcing;

internal static class EventSourcedSagaRegistration
{
    /// <summary>Keeps the saga in the event store that the container holds.</summary>
    public static ISagaRegistrationConfigurator<TSaga> EventStoreRepository<TSaga>(this ISagaRegistrationConfigurator<TSaga> saga)
        where TSaga : class, IEventSourcedSaga, new()
    {
        saga.Repository(repository =>
        {
            repository.RegisterLoadSagaRepository<TSaga, EventSourcedSagaRepository<TSaga>>();
            repository.RegisterSagaRepository<TSaga, IEventStore, SagaConsumeContextFactory<IEventStore, TSaga>, EventSourcedSagaRepository<TSaga>>();
        });
        return saga;
    }
}
