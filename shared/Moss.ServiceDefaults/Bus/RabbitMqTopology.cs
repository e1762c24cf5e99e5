using MassTransit;

namespace Moss.ServiceDefaults.Bus;

/// <summary>How queues look on the broker. What publishes and what consumes declare them alike, whoever comes first.</summary>
internal static class RabbitMqTopology
{
    /// <summary>How often a dead message may be looked at: without an end, as far as anybody has the time.</summary>
    private const int Looks = 1_000_000_000;

    /// <summary>The publisher's side: each message's exchange with the queue behind it, and the queues of dead messages.</summary>
    public static void DeclareQueues(this IRabbitMqBusFactoryConfigurator rabbit)
    {
        rabbit.DeployPublishTopology = true;
        foreach (var queue in Queues.All)
        {
            foreach (var message in queue.Messages)
            {
                rabbit.Publish(message, publish =>
                {
                    publish.BindQueue(ExchangeOf(message), queue.Name, Work);
                    publish.BindQueue(Queues.Dead, Queues.Dead, Kept);
                    publish.BindQueue(Queues.Dead, Queues.GivenUp, Kept);
                });
            }
        }
    }

    /// <summary>
    /// The consumer's side of a queue: only a worker that reports finishes a message. One that throws gives it back, and after
    /// <see cref="Queues.DeliveryLimit"/> times it is dead, as is one that cannot be read.
    /// </summary>
    public static void WorkOn(this IRabbitMqReceiveEndpointConfigurator endpoint, MessageQueue queue)
    {
        Work(endpoint);
        if (queue.Prefetch > 0)
        {
            endpoint.PrefetchCount = queue.Prefetch;
            endpoint.ConcurrentMessageLimit = queue.Prefetch;
        }

        endpoint.PublishFaults = false;
        endpoint.ThrowOnSkippedMessages();
        endpoint.RethrowFaultedMessages();
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(PassingTrouble.Is);
            retry.Interval(PassingTrouble.Attempts, PassingTrouble.Pause);
        });
    }

    /// <summary>The consumer's side of the copies of dead messages: most of them mean nothing to it.</summary>
    public static void HearOfDead(this IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        Kept(endpoint);
        endpoint.Bind(Queues.Dead);
        endpoint.PrefetchCount = 1;
        endpoint.PublishFaults = false;
        endpoint.DiscardSkippedMessages();
        endpoint.DiscardFaultedMessages();
    }

    /// <summary>The exchange of a message, as MassTransit names it.</summary>
    private static string ExchangeOf(Type message) => $"{message.Namespace}:{message.Name}";

    /// <summary>
    /// Before RabbitMQ 4 a quorum queue hands a message out for ever unless it has a limit. Dead messages move at least once,
    /// which the broker does only where a full queue refuses.
    /// </summary>
    private static void Work(IRabbitMqQueueConfigurator queue)
    {
        queue.SetQuorumQueue();
        queue.SetQueueArgument("x-delivery-limit", Queues.DeliveryLimit);
        queue.SetQueueArgument("x-dead-letter-exchange", Queues.Dead);
        queue.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        queue.SetQueueArgument("x-overflow", "reject-publish");
    }

    /// <summary>From RabbitMQ 4 on a quorum queue drops what was looked at 20 times, unless it says otherwise.</summary>
    private static void Kept(IRabbitMqQueueConfigurator queue)
    {
        queue.SetQuorumQueue();
        queue.SetQueueArgument("x-delivery-limit", Looks);
    }
}
