using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Moss.ServiceDefaults.Bus.Broker;

/// <summary>The desk on RabbitMQ, over AMQP alone: the broker needs no plugin. Each request has a connection of its own.</summary>
internal sealed class QueueDesk(BrokerAccess broker) : IQueueDesk, IDisposable
{
    private const string Purpose = "moss queues";

    /// <summary>Who reads the dead holds them meanwhile; a second reader would see none.</summary>
    private readonly SemaphoreSlim turn = new(1, 1);

    public bool HasBroker => true;

    public Task<IReadOnlyList<QueueCount>> CountAsync(CancellationToken cancellationToken) => AskAsync(async connection =>
    {
        var counts = new List<QueueCount>();
        foreach (var name in Queues.All.Select(queue => queue.Name).Append(Queues.GivenUp).Append(Queues.Dead))
        {
            if (await CountAsync(connection, name, cancellationToken) is { } found)
            {
                counts.Add(new(name, found.MessageCount, found.ConsumerCount));
            }
        }

        return (IReadOnlyList<QueueCount>)counts;
    }, cancellationToken);

    public Task<IReadOnlyList<DeadMessage>> DeadAsync(int limit, CancellationToken cancellationToken) => AskAsync(async connection =>
    {
        var found = new List<DeadMessage>();
        await WalkAsync(connection, (_, got) =>
        {
            if (found.Count < limit)
            {
                found.Add(DeadLetter.Read(got.BasicProperties, got.Body));
            }

            return Task.FromResult(false);
        }, cancellationToken);
        return (IReadOnlyList<DeadMessage>)found;
    }, cancellationToken);

    public Task<RequeueResult> RequeueAsync(IReadOnlySet<string>? ids, CancellationToken cancellationToken) => AskAsync(async connection =>
    {
        var (back, left) = (new List<string>(), new List<LeftMessage>());
        await WalkAsync(connection, async (publishing, got) =>
        {
            var dead = DeadLetter.Read(got.BasicProperties, got.Body);
            if (ids?.Contains(dead.Id) == false)
            {
                return false;
            }

            if (await TryReturnAsync(publishing, dead, got, cancellationToken) is { } why)
            {
                left.Add(new(dead.Id, why));
                return false;
            }

            back.Add(dead.Id);
            return true;
        }, cancellationToken);
        var missing = (ids ?? new HashSet<string>()).Except(back).Except(left.Select(one => one.Id));
        return new RequeueResult(back, [.. left, .. missing.Select(id => new LeftMessage(id, "it is not among the dead"))]);
    }, cancellationToken);

    public void Dispose() => turn.Dispose();

    /// <summary>
    /// Takes each dead message in turn, and gives back in their order those that are not done with. Always all of them: what is given
    /// back goes behind what was given back before and not taken since.
    /// </summary>
    private static async Task WalkAsync(
        IConnection connection, Func<IChannel, BasicGetResult, Task<bool>> isDoneWith, CancellationToken cancellationToken)
    {
        if (await CountAsync(connection, Queues.Dead, cancellationToken) is not { } dead)
        {
            return;
        }

        await using var reading = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await using var publishing = await connection.CreateChannelAsync(BrokerAccess.Confirmed, cancellationToken);
        var kept = false;
        for (var number = 0; number < dead.MessageCount; number++)
        {
            if (await reading.BasicGetAsync(Queues.Dead, autoAck: false, cancellationToken) is not { } got)
            {
                break;
            }

            if (await isDoneWith(publishing, got))
            {
                await reading.BasicAckAsync(got.DeliveryTag, multiple: false, cancellationToken);
            }
            else
            {
                kept = true;
            }
        }

        if (kept)
        {
            await reading.BasicNackAsync(0, multiple: true, requeue: true, cancellationToken);
        }
    }

    /// <summary>Null when the broker has confirmed it in the queue that it died in; else the reason.</summary>
    private static async Task<string?> TryReturnAsync(IChannel publishing, DeadMessage dead, BasicGetResult got, CancellationToken cancellationToken)
    {
        if (dead.Queue.Length == 0)
        {
            return "it does not say which queue it died in";
        }

        var properties = new BasicProperties(got.BasicProperties)
        {
            Headers = got.BasicProperties.Headers?
                .Where(header => !header.Key.StartsWith("x-", StringComparison.Ordinal))
                .ToDictionary(),
        };
        try
        {
            await publishing.BasicPublishAsync("", dead.Queue, mandatory: true, properties, got.Body, cancellationToken);
            return null;
        }
        catch (PublishException refused)
        {
            return refused.IsReturn ? $"there is no queue {dead.Queue}" : $"the queue {dead.Queue} takes no more";
        }
    }

    /// <summary>Null when there is no such queue; asking for one ends the channel then.</summary>
    private static async Task<QueueDeclareOk?> CountAsync(IConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            return await channel.QueueDeclarePassiveAsync(name, cancellationToken);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == 404)
        {
            return null;
        }
    }

    private async Task<T> AskAsync<T>(Func<IConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await broker.ConnectAsync(Purpose, cancellationToken);
            return await ask(connection);
        }
        catch (Exception away) when (away is RabbitMQClientException or IOException or TimeoutException)
        {
            throw new BrokerAwayException(away);
        }
        finally
        {
            turn.Release();
        }
    }
}
