using static Moss.EventStore.Tests.TestEvents;

namespace Moss.EventStore.Tests.Conformance;

public abstract partial class EventStoreConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_new_subscriber_stands_at_the_beginning() =>
        (await Store.LoadCheckpointAsync("dispatcher", CancellationToken.None)).ShouldBe(0);

    [Fact]
    public async Task A_checkpoint_is_kept_per_subscriber_and_may_be_set_back()
    {
        await Store.SaveCheckpointAsync("dispatcher", 12, CancellationToken.None);
        await Store.SaveCheckpointAsync("dispatcher", 17, CancellationToken.None);
        await Store.SaveCheckpointAsync("webhooks", 3, CancellationToken.None);

        (await under.Another().LoadCheckpointAsync("dispatcher", CancellationToken.None)).ShouldBe(17);
        (await Store.LoadCheckpointAsync("webhooks", CancellationToken.None)).ShouldBe(3);
        await Store.SaveCheckpointAsync("dispatcher", 0, CancellationToken.None);
        (await Store.LoadCheckpointAsync("dispatcher", CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task The_newest_snapshot_is_kept()
    {
        (await Store.LoadSnapshotAsync(Stream, CancellationToken.None)).ShouldBeNull();
        var newest = new Snapshot(Stream, 7, "evolution.v1", """{"stage":"Locating ✓"}""");

        await Store.SaveSnapshotAsync(newest with { Version = 3 }, CancellationToken.None);
        await Store.SaveSnapshotAsync(newest, CancellationToken.None);
        await Store.SaveSnapshotAsync(newest with { Version = 5, Json = "{}" }, CancellationToken.None);

        (await under.Another().LoadSnapshotAsync(Stream, CancellationToken.None)).ShouldBe(newest);
        (await Store.LoadSnapshotAsync(OtherStream, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_snapshot_of_another_shape_replaces_even_a_newer_one()
    {
        await Store.SaveSnapshotAsync(new Snapshot(Stream, 7, "evolution.v1", "{}"), CancellationToken.None);
        var rebuilt = new Snapshot(Stream, 5, "evolution.v2", "[]");

        await Store.SaveSnapshotAsync(rebuilt, CancellationToken.None);

        (await Store.LoadSnapshotAsync(Stream, CancellationToken.None)).ShouldBe(rebuilt);
    }

    [Fact]
    public async Task Deadlines_are_due_at_their_time_and_the_earliest_comes_first()
    {
        var late = new Deadline("stage-2", Noon.AddTicks(1), "stage", """{"round":2}""");
        var early = new Deadline("stage-1", Noon, "stage", "{}");
        await Store.SetDeadlineAsync(late, CancellationToken.None);
        await Store.SetDeadlineAsync(early, CancellationToken.None);

        (await Store.NextDueAsync(CancellationToken.None)).ShouldBe(Noon);
        (await Store.DueAsync(Noon.AddTicks(-1), CancellationToken.None)).ShouldBeEmpty();
        (await Store.DueAsync(Noon, CancellationToken.None)).ShouldBe([early]);
        (await under.Another().DueAsync(Noon.AddTicks(1), CancellationToken.None)).ShouldBe([early, late]);
    }

    [Fact]
    public async Task A_deadline_set_again_moves()
    {
        await Store.SetDeadlineAsync(new Deadline("consent", Noon, "consent", "{}"), CancellationToken.None);
        var moved = new Deadline("consent", Noon.AddHours(1), "consent-extended", "[]");

        await Store.SetDeadlineAsync(moved with { Due = moved.Due.ToOffset(TimeSpan.FromHours(5)) }, CancellationToken.None);

        (await Store.DueAsync(Noon, CancellationToken.None)).ShouldBeEmpty();
        var due = (await Store.DueAsync(Noon.AddHours(2), CancellationToken.None)).ShouldHaveSingleItem();
        due.ShouldBe(moved);
        due.Due.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_cleared_deadline_is_gone_and_clearing_nothing_is_nothing()
    {
        await Store.SetDeadlineAsync(new Deadline("watch", Noon, "watch", "{}"), CancellationToken.None);

        await Store.ClearDeadlineAsync("watch", CancellationToken.None);
        await Store.ClearDeadlineAsync("watch", CancellationToken.None);

        (await Store.NextDueAsync(CancellationToken.None)).ShouldBeNull();
        (await Store.DueAsync(Noon.AddYears(1), CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_at_once_from_many_callers_is_kept()
    {
        var work = Enumerable.Range(0, 60).Select(index => Task.Run(async () =>
        {
            await Store.AppendAsync(new StreamId($"evolution-{index}"), ExpectedVersion.NoStream, Count(index, 1));
            await Store.SaveCheckpointAsync($"subscriber-{index}", index + 1, CancellationToken.None);
            await Store.SetDeadlineAsync(new Deadline($"deadline-{index}", Noon, "test", "{}"), CancellationToken.None);
            return await Store.LoadCheckpointAsync($"subscriber-{index}", CancellationToken.None);
        })).ToList();

        (await Task.WhenAll(work).SoonAsync()).ShouldBe(Enumerable.Range(1, 60).Select(position => (long)position));
        (await Store.DueAsync(Noon, CancellationToken.None)).Count.ShouldBe(60);
        (await Store.ReadFeedAsync(0, 100, CancellationToken.None)).Count.ShouldBe(60);
    }
}
