using MassTransit;

namespace Moss.ServiceDefaults.Bus;

/// <summary>Names the queue of a consumer after the command that it works on.</summary>
internal sealed class QueueNames() : KebabCaseEndpointNameFormatter(includeNamespace: false)
{
    public override string Consumer<T>() => Queues.OfConsumer(typeof(T))?.Name ?? base.Consumer<T>();
}
