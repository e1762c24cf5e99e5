using Microsoft.Extensions.Logging.Abstractions;
using Moss.EventStore.InMemory;
using Moss.EventStore.Projections;
using Moss.Testing;
using static Moss.EventStore.Tests.TestEvents;

namespace Moss.EventStore.Tests.Projections;

public sealed class FeedSubscriptionTests : IAsyncLifetime
{
    private static readonly StreamId Stream = new("evolution-1");

    private readonly InMemoryEventStore store = new(Catalog());
    private readonly FakeClock clock = new();
    private readonly RecordingHandler handler = new();
    private readonly List<FeedSubscription> subscriptions = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var subscription in subscriptions)
        {
            await subscription.StopAsync(CancellationToken.None).SoonAsync();
            subscription.Dispose();
        }
    }

    [Fact]
    public async Task Events_from_before_and_after_the_start_come_once_each_in_order()
    {
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 150));
        var subscription = await StartAsync();
        await subscription.ReachedAsync(150, CancellationToken.None).SoonAsync();

        await store.AppendAsync(Stream, ExpectedVersion.Exactly(149), Count(150, 10));
        await subscription.ReachedAsync(160, CancellationToken.None).SoonAsync();

        handler.Positions.ShouldBe(Enumerable.Range(1, 160).Select(position => (long)position));
        subscription.Position.ShouldBe(160);
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_behind_its_checkpoint()
    {
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 3));
        var first = await StartAsync();
        await first.ReachedAsync(3, CancellationToken.None).SoonAsync();
        await first.StopAsync(CancellationToken.None).SoonAsync();
        await store.AppendAsync(Stream, ExpectedVersion.Exactly(2), Count(3, 1));

        var second = await StartAsync();
        await second.ReachedAsync(4, CancellationToken.None).SoonAsync();

        handler.Positions.ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task From_the_beginning_means_from_the_beginning_each_time()
    {
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 2));
        await store.SaveCheckpointAsync(handler.Name, 2, CancellationToken.None);

        await (await StartAsync(FeedStart.Beginning)).ReachedAsync(2, CancellationToken.None).SoonAsync();

        handler.Positions.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task An_event_that_fails_comes_again_until_it_does_not_and_none_is_passed_over()
    {
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 3));
        handler.FailAt(2, times: 3);
        var subscription = await StartAsync();

        foreach (var pause in new[] { 100, 200, 400 })
        {
            await clock.TimersWaitingAsync().SoonAsync();
            handler.Positions.ShouldBe([1]);
            clock.Advance(TimeSpan.FromMilliseconds(pause));
        }

        await subscription.ReachedAsync(3, CancellationToken.None).SoonAsync();
        handler.Positions.ShouldBe([1, 2, 3]);
        handler.Attempts(2).ShouldBe(4);
    }

    [Fact]
    public async Task Before_it_pauses_it_saves_what_was_handled()
    {
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 3));
        handler.FailAt(3, times: 1);

        await StartAsync();
        await clock.TimersWaitingAsync().SoonAsync();

        (await store.LoadCheckpointAsync(handler.Name, CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_saved_costs_a_repetition_and_no_event()
    {
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 2));
        var checkpoints = new BrokenCheckpoints();
        var first = await StartAsync(checkpoints: checkpoints);
        await first.ReachedAsync(2, CancellationToken.None).SoonAsync();
        await first.StopAsync(CancellationToken.None).SoonAsync();

        var second = await StartAsync(checkpoints: checkpoints);
        await second.ReachedAsync(2, CancellationToken.None).SoonAsync();

        handler.Positions.ShouldBe([1, 2, 1, 2]);
    }

    [Fact]
    public async Task An_event_that_nobody_can_read_stops_it_there_and_not_before()
    {
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 3));
        store.Rows[1] = store.Rows[1] with { Name = "test.forgotten.v1" };

        var subscription = await StartAsync();
        await clock.TimersWaitingAsync().SoonAsync();
        handler.Positions.ShouldBe([1]);

        store.Rows[1] = store.Rows[1] with { Name = "test.counted.v1" };
        clock.Advance(TimeSpan.FromMinutes(1));
        await subscription.ReachedAsync(3, CancellationToken.None).SoonAsync();
    }

    [Fact]
    public async Task Stopping_lets_the_running_event_be_cancelled_and_keeps_the_rest_for_the_next_start()
    {
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 3));
        handler.BlockAt(2);
        var subscription = await StartAsync();
        await handler.Blocked.SoonAsync();

        await subscription.StopAsync(CancellationToken.None).SoonAsync();

        (await store.LoadCheckpointAsync(handler.Name, CancellationToken.None)).ShouldBe(1);
        await (await StartAsync()).ReachedAsync(3, CancellationToken.None).SoonAsync();
        handler.Positions.ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(9, 25_600)]
    [InlineData(10, 30_000)]
    [InlineData(10_000, 30_000)]
    public void Pauses_double_up_to_half_a_minute(int failures, int milliseconds) =>
        BackOff.After(failures).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    private async Task<FeedSubscription> StartAsync(FeedStart start = FeedStart.Checkpoint, ICheckpointStore? checkpoints = null)
    {
        var subscription = new FeedSubscription(handler, start, store, checkpoints ?? store, clock, NullLogger<FeedSubscription>.Instance);
        subscriptions.Add(subscription);
        await subscription.StartAsync(CancellationToken.None);
        return subscription;
    }

    private sealed class BrokenCheckpoints : ICheckpointStore
    {
        public Task<long> LoadCheckpointAsync(string subscriber, CancellationToken cancellationToken) => Task.FromResult(0L);

        public Task SaveCheckpointAsync(string subscriber, long position, CancellationToken cancellationToken) =>
            Task.FromException(new IOException("the disk is full"));
    }
}
