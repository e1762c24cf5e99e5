using RabbitMQ.Client;

namespace Moss.ServiceDefaults.Bus.Broker;

/// <summary>The topic on RabbitMQ. It connects at the first message, and anew after anything that went wrong.</summary>
internal sealed class EventTopic(BrokerAccess broker) : IEventTopic, IAsyncDisposable
{
    /// <summary>Name of the exchange.</summary>
    public const string Exchange = "moss.events";

    private readonly SemaphoreSlim turn = new(1, 1);
    private IConnection? connection;
    private IChannel? channel;

    /// <inheritdoc/>
    public async Task PublishAsync(TopicMessage message, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var open = await OpenAsync(cancellationToken);
            // Nobody may be listening: the message is not mandatory.
            await open.BasicPublishAsync(Exchange, message.RoutingKey, mandatory: false, PropertiesOf(message), message.Body, cancellationToken)
                .AsTask().WaitAsync(BrokerAccess.Patience, cancellationToken);
        }
        catch
        {
            await CloseAsync();
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        turn.Dispose();
    }

    private static BasicProperties PropertiesOf(TopicMessage message) => new()
    {
        AppId = "moss",
        ContentEncoding = "utf-8",
        ContentType = message.ContentType,
        MessageId = message.Id,
        Persistent = true,
        Timestamp = new AmqpTimestamp(message.Time.ToUnixTimeSeconds()),
        Type = message.Type,
    };

    private async Task<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (channel is { IsOpen: true })
        {
            return channel;
        }

        await CloseAsync();
        connection = await broker.ConnectAsync("moss events", cancellationToken);
        channel = await connection.CreateChannelAsync(BrokerAccess.Confirmed, cancellationToken);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        return channel;
    }

    private async Task CloseAsync()
    {
        var (openChannel, openConnection) = (channel, connection);
        (channel, connection) = (null, null);
        try
        {
            await (openChannel?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (openConnection?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
#pragma warning disable CA1031 // It is dropped because it is of no use any more; how it goes matters to nobody.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The next message opens another one.
        }
    }
}
