using System.Text;
using MassTransit;
using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.ServiceDefaults.Bus;
using Moss.ServiceDefaults.Bus.Broker;
using RabbitMQ.Client;

namespace Moss.Services.Tests.Bus;

/// <summary>What a person sees of the queues and can do with dead messages, on a real broker.</summary>
public sealed class QueueDeskTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BrokerBench bench = new();
    private QueueDesk desk = null!;

    public async Task InitializeAsync()
    {
        await bench.InitializeAsync();
        desk = new QueueDesk(new BrokerAccess(bench.Rabbit.Address));
    }

    public async Task DisposeAsync()
    {
        desk.Dispose();
        await bench.DisposeAsync();
    }

    [Fact]
    public async Task A_broker_that_nobody_used_yet_has_no_queues_and_nothing_dead()
    {
        (await desk.CountAsync(CancellationToken.None)).ShouldBeEmpty();
        (await desk.DeadAsync(10, CancellationToken.None)).ShouldBeEmpty();
        (await desk.RequeueAsync(null, CancellationToken.None)).Requeued.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broker_that_is_away_is_said_to_be_away()
    {
        await bench.Rabbit.KillAsync();

        await Should.ThrowAsync<BrokerAwayException>(desk.CountAsync(CancellationToken.None)).WaitAsync(Patience);
        await bench.Rabbit.RestartAsync();
    }

    [Fact]
    public async Task Queues_are_counted_and_a_dead_command_is_seen_and_worked_on_again()
    {
        var stage = new StageReference(Guid.NewGuid(), 1, "Build", 1);
        var id = Guid.NewGuid();
        var inbox = new Inbox();
        await using var orchestrator = await bench.StartAsync(bus => bus.AddConsumer<RabbitMqBusTests.Ear>(), inbox);
        await using (await bench.StartAsync(bus => bus.AddConsumer<RabbitMqBusTests.Poisoned>()))
        {
            await orchestrator.Bus.Publish(new BuildCandidate(stage, Subject, "commit"), context => context.MessageId = id);
            await inbox.ArriveAsync();
        }

        var dead = (await desk.DeadAsync(10, CancellationToken.None)).ShouldHaveSingleItem();
        (dead.Id, dead.Type, dead.Queue, dead.Evolution, dead.Stage).ShouldBe((id.ToString(), "BuildCandidate", "build-candidate", stage.EvolutionId, "Build"));
        (dead.Reason, dead.Deliveries).ShouldBe(("delivery_limit", Queues.DeliveryLimit));
        dead.DiedAt.ShouldNotBeNull();
        var counts = await desk.CountAsync(CancellationToken.None);
        counts.Select(queue => queue.Name).ShouldBe([.. Queues.All.Select(queue => queue.Name), Queues.GivenUp, Queues.Dead]);
        counts[^1].ShouldBe(new QueueCount(Queues.Dead, 1, 0));

        (await desk.RequeueAsync(new HashSet<string> { id.ToString() }, CancellationToken.None)).Requeued.ShouldBe([id.ToString()]);

        (await desk.DeadAsync(10, CancellationToken.None)).ShouldBeEmpty();
        var again = new Inbox();
        await using var worker = await bench.StartAsync(bus => bus.AddConsumer<Builder>(), again);
        await again.ArriveAsync();
        again.All.ShouldHaveSingleItem().ShouldBeOfType<BuildCandidate>().Stage.ShouldBe(stage);
    }

    [Fact]
    public async Task Only_what_was_asked_for_goes_back_and_the_rest_stays_in_its_order_however_often_it_is_looked_at()
    {
        await using var process = await bench.StartAsync();
        string[] ids = ["one", "two", "three", "four"];
        foreach (var id in ids)
        {
            await KillAsync(id, "build-candidate");
        }

        for (var look = 0; look < 30; look++)
        {
            (await desk.DeadAsync(10, CancellationToken.None)).Select(dead => dead.Id).ShouldBe(ids);
        }

        (await desk.DeadAsync(2, CancellationToken.None)).Select(dead => dead.Id).ShouldBe(["one", "two"]);
        var result = await desk.RequeueAsync(new HashSet<string> { "two", "five" }, CancellationToken.None);

        result.Requeued.ShouldBe(["two"]);
        result.Left.ShouldHaveSingleItem().Id.ShouldBe("five");
        (await desk.DeadAsync(10, CancellationToken.None)).Select(dead => dead.Id).ShouldBe(["one", "three", "four"]);
        (await desk.CountAsync(CancellationToken.None)).Single(queue => queue.Name == "build-candidate").Ready.ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_go_back_stays_and_the_reason_is_told()
    {
        await using var process = await bench.StartAsync();
        await KillAsync("lost", "");
        await KillAsync("elsewhere", "no-such-queue");
        await KillAsync("fine", "build-candidate");

        var result = await desk.RequeueAsync(null, CancellationToken.None);

        result.Requeued.ShouldBe(["fine"]);
        result.Left.Select(left => left.Id).ShouldBe(["lost", "elsewhere"]);
        result.Left[1].Reason.ShouldContain("no-such-queue");
        (await desk.DeadAsync(10, CancellationToken.None)).Select(dead => dead.Id).ShouldBe(["lost", "elsewhere"]);
    }

    private static Subject Subject { get; } = new("till", Guid.Empty, "base", []);

    /// <summary>A message as the broker would put it among the dead.</summary>
    private async Task KillAsync(string id, string queue)
    {
        await using var connection = await new BrokerAccess(bench.Rabbit.Address).ConnectAsync("test", CancellationToken.None);
        await using var channel = await connection.CreateChannelAsync(BrokerAccess.Confirmed);
        var properties = new BasicProperties { MessageId = id, Persistent = true };
        if (queue.Length > 0)
        {
            properties.Headers = new Dictionary<string, object?>
            {
                ["x-death"] = new List<object> { new Dictionary<string, object?> { ["queue"] = queue, ["reason"] = "rejected", ["count"] = 1L } },
            };
        }

        await channel.BasicPublishAsync("", Queues.Dead, mandatory: true, properties, Encoding.UTF8.GetBytes("no json"));
    }

    internal sealed class Builder(Inbox inbox) : IConsumer<BuildCandidate>
    {
        public Task Consume(ConsumeContext<BuildCandidate> context)
        {
            inbox.Add(context.Message);
            return Task.CompletedTask;
        }
    }
}
