using MassTransit;
using Moss.EventStore;

namespace Moss.Orchestrator.Machine;

/// <summary>How the saga is hosted: a lost race for a version is decided again on the newer state.</summary>
internal sealed class EvolutionSagaDefinition : SagaDefinition<EvolutionSaga>
{
    public EvolutionSagaDefinition() => EndpointName = "evolutions";

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator, ISagaConfigurator<EvolutionSaga> sagaConfigurator, IRegistrationContext context) =>
        endpointConfigurator.UseMessageRetry(retry => retry.Immediate(20).Handle<WrongExpectedVersionException>());
}
