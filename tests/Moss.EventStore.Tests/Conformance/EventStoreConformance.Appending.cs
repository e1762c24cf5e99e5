using static Moss.EventStore.Tests.TestEvents;

namespace Moss.EventStore.Tests.Conformance;

public abstract partial class EventStoreConformance
{
    [Fact]
    public async Task A_new_stream_begins_at_version_zero_and_keeps_everything_it_was_given()
    {
        var opened = New(new Opened("naïve ✓ \u0000 \"quoted\"", 8));
        var counted = New(new Counted(7));

        (await Store.AppendAsync(Stream, ExpectedVersion.NoStream, opened, counted)).ShouldBe(1);

        var events = await Store.StreamAsync(Stream);
        events.Select(stored => stored.Version).ShouldBe([0, 1]);
        events.Select(stored => stored.Position).ShouldBe([1, 2]);
        events.Select(stored => stored.Id).ShouldBe([opened.Id, counted.Id]);
        events.Select(stored => stored.Name).ShouldBe(["test.opened.v3", "test.counted.v1"]);
        events.Select(stored => stored.Data).ShouldBe([opened.Data, counted.Data]);
        events.ShouldAllBe(stored => stored.Metadata == Metadata && stored.Stream == Stream);
        events.ShouldAllBe(stored => stored.Hash.Length == 64 && stored.Hash.All(char.IsAsciiHexDigitLower));
    }

    [Fact]
    public async Task A_stream_that_exists_is_not_new()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1));

        await Should.ThrowAsync<WrongExpectedVersionException>(() => Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(1, 1)));

        (await Store.StreamAsync(Stream)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public async Task A_wrong_version_stores_nothing(long wrong)
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 2));

        await Should.ThrowAsync<WrongExpectedVersionException>(() => Store.AppendAsync(Stream, ExpectedVersion.Exactly(wrong), Count(2, 2)));

        (await Store.StreamAsync(Stream)).Count.ShouldBe(2);
        (await Store.LastPositionAsync(CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task A_version_of_a_stream_that_does_not_exist_is_wrong() =>
        await Should.ThrowAsync<WrongExpectedVersionException>(() => Store.AppendAsync(Stream, ExpectedVersion.Exactly(0), Count(0, 1)));

    [Fact]
    public async Task The_right_version_goes_on_from_there()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 2));
        await Store.AppendAsync(OtherStream, ExpectedVersion.NoStream, Count(0, 1));

        (await Store.AppendAsync(Stream, ExpectedVersion.Exactly(1), Count(2, 1))).ShouldBe(2);

        (await Store.StreamAsync(Stream, from: 1)).Select(stored => stored.Position).ShouldBe([2, 4]);
    }

    [Fact]
    public async Task Any_version_will_do_for_facts()
    {
        (await Store.AppendAsync(Stream, ExpectedVersion.Any, Count(0, 1))).ShouldBe(0);
        (await Store.AppendAsync(Stream, ExpectedVersion.Any, Count(1, 3))).ShouldBe(3);
    }

    [Fact]
    public async Task No_events_is_no_append()
    {
        (await Store.AppendAsync(Stream, ExpectedVersion.Exactly(99))).ShouldBe(-1);

        (await Store.StreamAsync(Stream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reading_what_is_not_there_gives_nothing()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1));

        (await Store.StreamAsync(Stream, from: 1)).ShouldBeEmpty();
        (await Store.StreamAsync(OtherStream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_stream_is_read_to_its_end()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 700));

        (await Store.StreamAsync(Stream)).Select(stored => ((Counted)stored.Data).Value).ShouldBe(Enumerable.Range(0, 700));
    }

    [Fact]
    public async Task A_repeated_append_stores_nothing_and_gives_the_first_answer()
    {
        var events = Count(0, 2);
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, events);
        await Store.AppendAsync(Stream, ExpectedVersion.Exactly(1), Count(2, 1));

        (await Store.AppendAsync(Stream, ExpectedVersion.NoStream, events)).ShouldBe(1);

        (await Store.StreamAsync(Stream)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_id_that_is_taken_is_refused()
    {
        var first = New(new Counted(0));
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, first);

        await Should.ThrowAsync<DuplicateEventException>(() => Store.AppendAsync(OtherStream, ExpectedVersion.NoStream, first));
        await Should.ThrowAsync<DuplicateEventException>(() => Store.AppendAsync(Stream, ExpectedVersion.Any, first, New(new Counted(1))));
        await Should.ThrowAsync<DuplicateEventException>(
            () => Store.AppendAsync(Stream, ExpectedVersion.Any, first with { Data = new Opened("another", 1) }));
        var twice = New(new Counted(2));
        await Should.ThrowAsync<DuplicateEventException>(() => Store.AppendAsync(Stream, ExpectedVersion.Any, twice, twice));

        (await Store.LastPositionAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task An_event_without_an_id_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(
            () => Store.AppendAsync(Stream, ExpectedVersion.NoStream, new NewEvent(Guid.Empty, new Counted(1), Metadata)));

    [Fact]
    public async Task A_cancelled_append_does_nothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            () => Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1), new CancellationToken(canceled: true)));

        (await Store.StreamAsync(Stream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_eight_writers_that_race_on_one_version_one_wins()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1));
        var start = new TaskCompletionSource();
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var store = under.Another();
            await store.LastPositionAsync(CancellationToken.None);
            await start.Task;
            return await Record.ExceptionAsync(() => store.AppendAsync(Stream, ExpectedVersion.Exactly(0), Count(writer * 10, 2)));
        })).ToList();

        start.SetResult();
        var outcomes = await Task.WhenAll(writers).SoonAsync();

        outcomes.Count(outcome => outcome is null).ShouldBe(1);
        outcomes.Count(outcome => outcome is WrongExpectedVersionException).ShouldBe(7);
        (await Store.StreamAsync(Stream)).Select(stored => stored.Version).ShouldBe([0, 1, 2]);
        (await Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Appends_that_wait_together_fail_one_by_one()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1));

        var appends = Enumerable.Range(0, 40).Select(index => Record.ExceptionAsync(() => Store.AppendAsync(
            new StreamId($"evolution-{index % 10 + 1}"), ExpectedVersion.NoStream, Count(index, 1)))).ToList();
        var outcomes = await Task.WhenAll(appends).SoonAsync();

        outcomes.Count(outcome => outcome is null).ShouldBe(9);
        outcomes.Where(outcome => outcome is not null).ShouldAllBe(outcome => outcome is WrongExpectedVersionException);
    }
}
