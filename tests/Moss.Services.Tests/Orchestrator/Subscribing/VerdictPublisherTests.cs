using Microsoft.Extensions.Logging.Abstractions;
using Moss.Domain.Evolution;
using Moss.Domain.Tests.Evolution;
using Moss.EventStore;
using Moss.EventStore.InMemory;
using Moss.EventStore.Projections;
using Moss.EventStore.Turns;
using Moss.Orchestrator.Subscribing;

namespace Moss.Services.Tests.Orchestrator.Subscribing;

/// <summary>Each of several publishers is a process; they share a store.</summary>
public sealed class VerdictPublisherTests
{
    private static readonly string[] WholeStory =
        ["evolution.started.desk", "verdict.converged.desk", "consent.requested.desk"];

    private readonly EvolutionFacts facts = new(Guid.NewGuid());
    private readonly InMemoryEventStore store = new(SagaBench.Catalog);
    private readonly NotedTopic topic = new();

    [Fact]
    public async Task Everything_is_told_in_the_order_in_which_it_happened()
    {
        await HappensAsync(facts.UpTo(Phase.AwaitingConsent));

        await using (await StartAsync())
        {
            await topic.ArriveAsync(3);
        }

        topic.Messages.Select(message => message.RoutingKey).ShouldBe(WholeStory);
    }

    [Fact]
    public async Task What_was_told_by_one_process_is_not_told_again_by_the_next()
    {
        await HappensAsync(facts.UpTo(Phase.AwaitingConsent));
        await using (await StartAsync())
        {
            await topic.ArriveAsync(3);
        }

        await HappensAsync([new EvolutionRestarted("ann")], after: facts.UpTo(Phase.AwaitingConsent).Length);
        await using (await StartAsync())
        {
            await topic.ArriveAsync(1);
        }

        topic.Messages.Select(message => message.RoutingKey).ShouldBe([.. WholeStory, "evolution.restarted.desk"]);
    }

    [Fact]
    public async Task A_process_that_dies_after_it_told_and_before_it_noted_so_tells_it_again_under_the_same_id()
    {
        await HappensAsync([facts.Started()]);
        var handler = new VerdictPublisher(store, topic);
        var stored = (await store.ReadFeedAsync(0, 1, CancellationToken.None))[0];
        await handler.HandleAsync(stored, CancellationToken.None);

        await using (await StartAsync())
        {
            await topic.ArriveAsync(2);
        }

        topic.Messages.Count.ShouldBe(2);
        topic.Messages[1].Id.ShouldBe(topic.Messages[0].Id);
        topic.Messages[1].Body.ToArray().ShouldBe(topic.Messages[0].Body.ToArray());
    }

    [Fact]
    public async Task Nothing_overtakes_what_the_broker_did_not_take()
    {
        var refusals = 3;
        topic.Before = _ => refusals-- > 0 ? throw new IOException("the broker is away") : Task.CompletedTask;
        await HappensAsync(facts.UpTo(Phase.AwaitingConsent));

        await using (await StartAsync())
        {
            await topic.ArriveAsync(3);
        }

        topic.Messages.Select(message => message.RoutingKey).ShouldBe(WholeStory);
    }

    [Fact]
    public async Task One_process_tells_and_the_other_goes_on_when_it_is_gone()
    {
        var turns = new LocalTurns();
        var first = await StartAsync(turns);
        await HappensAsync([facts.Started()]);
        await topic.ArriveAsync(1);
        await using var second = await StartAsync(turns);

        await first.DisposeAsync();
        await HappensAsync([new EvolutionRestarted("ann")], after: 1);
        await topic.ArriveAsync(1);

        topic.Messages.Select(message => message.RoutingKey).ShouldBe(["evolution.started.desk", "evolution.restarted.desk"]);
    }

    [Fact]
    public async Task A_repetition_says_what_was_known_then()
    {
        await HappensAsync([facts.Started(), facts.Ruled(1, Domain.Judgement.Verdict.NoChange), facts.Requested(Stage.Locate), facts.Committed()]);

        await using (await StartAsync())
        {
            await topic.ArriveAsync(2);
        }

        topic.Messages[1].Json().GetProperty("data").TryGetProperty("commit", out _).ShouldBeFalse();
    }

    private Task HappensAsync(IReadOnlyList<object> events, int after = 0) => store.AppendAsync(
        new StreamId($"evolution-{facts.Id:n}"), ExpectedVersion.Exactly(after - 1),
        [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata(facts.Id.ToString(), "", "orchestrator", EvolutionFacts.Monday)))],
        CancellationToken.None);

    private async Task<Running> StartAsync(ITurns? turns = null)
    {
        var subscription = new FeedSubscription(
            new VerdictPublisher(store, topic), FeedStart.Checkpoint, store, store, TimeProvider.System, NullLogger<FeedSubscription>.Instance, turns);
        await subscription.StartAsync(CancellationToken.None);
        return new(subscription);
    }

    private sealed class Running(FeedSubscription subscription) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await subscription.StopAsync(CancellationToken.None);
            subscription.Dispose();
        }
    }
}
