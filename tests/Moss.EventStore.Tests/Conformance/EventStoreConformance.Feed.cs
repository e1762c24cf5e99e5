using static Moss.EventStore.Tests.TestEvents;

namespace Moss.EventStore.Tests.Conformance;

public abstract partial class EventStoreConformance
{
    [Fact]
    public async Task The_feed_has_all_streams_in_the_order_of_their_appends()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 2));
        await Store.AppendAsync(OtherStream, ExpectedVersion.NoStream, Count(2, 1));
        await Store.AppendAsync(Stream, ExpectedVersion.Exactly(1), Count(3, 1));

        var feed = await Store.ReadFeedAsync(0, 100, CancellationToken.None);

        feed.Select(stored => ((Counted)stored.Data).Value).ShouldBe([0, 1, 2, 3]);
        feed.Select(stored => stored.Position).ShouldBe([1, 2, 3, 4]);
        feed.Select(stored => stored.Stream).ShouldBe([Stream, Stream, OtherStream, Stream]);
    }

    [Fact]
    public async Task The_feed_is_read_in_pages()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 5));

        (await Store.ReadFeedAsync(0, 2, CancellationToken.None)).Select(stored => stored.Position).ShouldBe([1, 2]);
        (await Store.ReadFeedAsync(2, 2, CancellationToken.None)).Select(stored => stored.Position).ShouldBe([3, 4]);
        (await Store.ReadFeedAsync(4, 2, CancellationToken.None)).Select(stored => stored.Position).ShouldBe([5]);
        (await Store.ReadFeedAsync(5, 2, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_last_position_is_the_newest_events()
    {
        (await Store.LastPositionAsync(CancellationToken.None)).ShouldBe(0);

        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 3));

        (await Store.LastPositionAsync(CancellationToken.None)).ShouldBe(3);
    }

    [Fact]
    public async Task Waiting_ends_when_an_event_comes()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1));
        var waiting = WaitAsync(after: 1);

        await Store.AppendAsync(Stream, ExpectedVersion.Exactly(0), Count(1, 1));

        await waiting.SoonAsync();
    }

    [Fact]
    public async Task Waiting_for_what_is_there_already_ends_at_once()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1));

        await WaitAsync(after: 0).SoonAsync();
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var cancelling = new CancellationTokenSource();
        var waiting = Store.WaitForEventsAsync(0, cancelling.Token);

        await cancelling.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting.SoonAsync());
    }

    [Fact]
    public async Task The_feed_is_complete_under_eight_writers_while_a_slow_append_holds_an_early_place()
    {
        const int writers = 8;
        const int appends = 15;
        var release = await under.BeginSlowAppendAsync(new StreamId("slow-1"), writers);
        using var reading = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var reader = Task.Run(() => FollowAsync(writers * appends + 1, reading.Token));

        var writing = Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var store = under.Neighbour();
            for (var index = 0; index < appends; index++)
            {
                await store.AppendAsync(new StreamId($"evolution-{writer}"), ExpectedVersion.Exactly(index - 1), Count(index, 1));
            }
        })).ToList();
        await release().SoonAsync();
        await Task.WhenAll(writing).SoonAsync();
        var followed = await reader.SoonAsync();

        followed.Select(stored => stored.Position).ShouldBe(Enumerable.Range(1, (writers * appends) + 1).Select(position => (long)position));
        followed.Count(stored => stored.Stream.Value == "slow-1").ShouldBe(1);
        followed.Select(stored => stored.Id).ShouldBe((await Store.ReadFeedAsync(0, 1000, CancellationToken.None)).Select(stored => stored.Id));
        (await Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    /// <summary>As a subscriber reads: never looks back.</summary>
    private async Task<List<StoredEvent>> FollowAsync(int count, CancellationToken cancellationToken)
    {
        var events = new List<StoredEvent>();
        while (events.Count < count)
        {
            var after = events.Count == 0 ? 0 : events[^1].Position;
            await Store.WaitForEventsAsync(after, cancellationToken);
            events.AddRange(await Store.ReadFeedAsync(after, 7, cancellationToken));
        }

        return events;
    }

    /// <summary>Waiting may end early, so whoever waits looks again.</summary>
    private async Task WaitAsync(long after)
    {
        while (await Store.LastPositionAsync(CancellationToken.None) <= after)
        {
            await Store.WaitForEventsAsync(after, CancellationToken.None);
        }
    }
}
