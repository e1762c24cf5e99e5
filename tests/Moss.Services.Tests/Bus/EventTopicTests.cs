using System.Text;
using Moss.ServiceDefaults.Bus.Broker;
using RabbitMQ.Client;

namespace Moss.Services.Tests.Bus;

/// <summary>What those are promised who bind a queue of their own to the topic, on a real broker.</summary>
public sealed class EventTopicTests(BrokerBench bench) : IClassFixture<BrokerBench>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_is_well_when_nobody_listens()
    {
        await using var topic = new EventTopic(Broker);

        await topic.PublishAsync(Message("verdict.converged.nobody"), CancellationToken.None);
    }

    [Fact]
    public async Task A_message_comes_as_it_was_given_and_stays_when_the_broker_is_killed()
    {
        await using var topic = new EventTopic(Broker);
        await topic.PublishAsync(Message("verdict.converged.before"), CancellationToken.None);
        var queue = await BindAsync("verdict.*.till");
        var sent = Message("verdict.converged.till");
        await topic.PublishAsync(sent, CancellationToken.None);
        await topic.PublishAsync(Message("verdict.converged.other"), CancellationToken.None);

        await bench.Rabbit.KillAsync();
        await bench.Rabbit.RestartAsync();

        var got = await TakeAsync(queue);
        Encoding.UTF8.GetString(got.Body.Span).ShouldBe(Encoding.UTF8.GetString(sent.Body.Span));
        (got.RoutingKey, got.BasicProperties.MessageId, got.BasicProperties.ContentType, got.BasicProperties.Type, got.BasicProperties.DeliveryMode)
            .ShouldBe((sent.RoutingKey, sent.Id, sent.ContentType, sent.Type, DeliveryModes.Persistent));
        (await CountAsync(queue)).ShouldBe(0u);
    }

    [Fact]
    public async Task While_the_broker_is_away_publishing_fails_and_afterwards_it_does_again_what_it_did()
    {
        await using var topic = new EventTopic(Broker);
        var queue = await BindAsync("away.#");
        await topic.PublishAsync(Message("away.before"), CancellationToken.None);
        await bench.Rabbit.KillAsync();

        await Should.ThrowAsync<Exception>(topic.PublishAsync(Message("away.meanwhile"), CancellationToken.None)).WaitAsync(Patience);

        await bench.Rabbit.RestartAsync();
        await topic.PublishAsync(Message("away.after"), CancellationToken.None);
        (await TakeAsync(queue)).RoutingKey.ShouldBe("away.before");
        (await TakeAsync(queue)).RoutingKey.ShouldBe("away.after");
    }

    [Fact]
    public async Task An_exchange_that_somebody_deleted_is_there_again_after_one_failure()
    {
        await using var topic = new EventTopic(Broker);
        await topic.PublishAsync(Message("deleted.before"), CancellationToken.None);
        await UseAsync(channel => channel.ExchangeDeleteAsync(EventTopic.Exchange));

        await Should.ThrowAsync<Exception>(topic.PublishAsync(Message("deleted.meanwhile"), CancellationToken.None)).WaitAsync(Patience);

        await topic.PublishAsync(Message("deleted.after"), CancellationToken.None);
    }

    private BrokerAccess Broker => new(bench.Rabbit.Address);

    private static TopicMessage Message(string key) => new(
        key, Guid.NewGuid().ToString(), "dev.moss.verdict.v1", "application/cloudevents+json", DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes($"{{\"key\":\"{key}\"}}"));

    private async Task<string> BindAsync(string pattern)
    {
        var queue = $"listener-{Guid.NewGuid():n}";
        await UseAsync(async channel =>
        {
            await channel.ExchangeDeclareAsync(EventTopic.Exchange, ExchangeType.Topic, durable: true);
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
            await channel.QueueBindAsync(queue, EventTopic.Exchange, pattern);
        });
        return queue;
    }

    private async Task<BasicGetResult> TakeAsync(string queue)
    {
        BasicGetResult? taken = null;
        await UseAsync(async channel => taken = await channel.BasicGetAsync(queue, autoAck: true));
        return taken.ShouldNotBeNull();
    }

    private async Task<uint> CountAsync(string queue)
    {
        var count = 0u;
        await UseAsync(async channel => count = (await channel.QueueDeclarePassiveAsync(queue)).MessageCount);
        return count;
    }

    private async Task UseAsync(Func<IChannel, Task> use)
    {
        await using var connection = await Broker.ConnectAsync("test", CancellationToken.None).WaitAsync(Patience);
        await using var channel = await connection.CreateChannelAsync();
        await use(channel);
    }
}
