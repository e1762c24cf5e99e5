using Microsoft.Extensions.Logging.Abstractions;
using Moss.EventStore.InMemory;
using Moss.EventStore.Projections;
using Moss.Testing;
using static Moss.EventStore.Tests.TestEvents;

namespace Moss.EventStore.Tests.Projections;

public sealed class ProjectionTests
{
    private static readonly StreamId Stream = new("evolution-1");

    private readonly InMemoryEventStore store = new(Catalog());

    [Fact]
    public async Task It_begins_with_everything_that_ever_happened()
    {
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(1, 250));

        using var sums = await StartAsync();

        (await sums.CaughtUpAsync(CancellationToken.None).SoonAsync()).Sum.ShouldBe(250 * 251 / 2);
        sums.Position.ShouldBe(250);
        await sums.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Who_has_just_appended_sees_it()
    {
        using var sums = await StartAsync();
        for (var value = 1; value <= 50; value++)
        {
            await store.AppendAsync(Stream, ExpectedVersion.Any, Count(value, 1));

            (await sums.CaughtUpAsync(CancellationToken.None).SoonAsync()).Sum.ShouldBe(value * (value + 1) / 2);
        }

        await sums.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Events_that_it_has_no_use_for_leave_the_state_alone()
    {
        using var sums = await StartAsync();
        var before = sums.State;

        await store.AppendAsync(Stream, ExpectedVersion.NoStream, New(new Opened("other", 1)));

        (await sums.CaughtUpAsync(CancellationToken.None).SoonAsync()).ShouldBeSameAs(before);
        await sums.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Nothing_stored_is_caught_up_at_once()
    {
        using var sums = new Sums(store);

        (await sums.CaughtUpAsync(CancellationToken.None).SoonAsync()).Sum.ShouldBe(0);
    }

    [Fact]
    public async Task Waiting_for_it_can_be_cancelled()
    {
        using var neverStarted = new Sums(store);
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(1, 1));
        using var cancelling = new CancellationTokenSource();
        var waiting = neverStarted.CaughtUpAsync(cancelling.Token);

        await cancelling.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting.SoonAsync());
    }

    private async Task<Sums> StartAsync()
    {
        var sums = new Sums(store);
        await sums.StartAsync(CancellationToken.None);
        return sums;
    }

    private sealed record Total(int Sum);

    private sealed class Sums(IEventFeed feed) : Projection<Total>(new Total(0), feed, new FakeClock(), NullLogger.Instance)
    {
        protected override Total Apply(Total current, StoredEvent stored) =>
            stored.Data is Counted counted ? new Total(current.Sum + counted.Value) : current;
    }
}
