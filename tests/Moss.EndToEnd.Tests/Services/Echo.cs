using Moss.ServiceDefaults.Bus;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>Sends every command and answer again, some times and late, as a broker may that hands out what it is not sure of.</summary>
internal sealed class Echo : IAsyncDisposable
{
    private const string Mark = "moss-echo";

    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly int copies;
    private int copied;

    private Echo(IConnection connection, IChannel channel, int copies) => (this.connection, this.channel, this.copies) = (connection, channel, copies);

    /// <summary>Messages that were sent again.</summary>
    public int Copied => Volatile.Read(ref copied);

    public static async Task<Echo> StartAsync(Uri broker, int copies)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var echo = new Echo(connection, channel, copies);
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        foreach (var message in Queues.All.SelectMany(queue => queue.Messages))
        {
            await channel.QueueBindAsync(queue, $"{message.Namespace}:{message.Name}", "");
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => echo.RepeatAsync(delivery);
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return echo;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task RepeatAsync(BasicDeliverEventArgs delivery)
    {
        if (delivery.BasicProperties.Headers?.ContainsKey(Mark) == true)
        {
            return;
        }

        var body = delivery.Body.ToArray();
        var properties = new BasicProperties(delivery.BasicProperties)
        {
            Headers = new Dictionary<string, object?>(delivery.BasicProperties.Headers ?? new Dictionary<string, object?>()) { [Mark] = "1" },
        };
        for (var copy = 0; copy < copies; copy++)
        {
            await channel.BasicPublishAsync(delivery.Exchange, delivery.RoutingKey, mandatory: false, properties, body);
            Interlocked.Increment(ref copied);
        }
    }
}
