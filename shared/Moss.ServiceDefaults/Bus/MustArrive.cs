using MassTransit;

namespace Moss.ServiceDefaults.Bus;

/// <summary>
/// A broker confirms a message also when no queue takes it. A message that has a queue must reach it: else publishing it fails,
/// and whoever published tries again.
/// </summary>
internal sealed class MustArrive<TMessage> : IFilter<PublishContext<TMessage>>
    where TMessage : class
{
    private static readonly bool HasQueue = Queues.Of(typeof(TMessage)) is not null;

    public Task Send(PublishContext<TMessage> context, IPipe<PublishContext<TMessage>> next)
    {
        context.Mandatory = HasQueue;
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("mustArrive");
}
