using Moss.EventStore.Appending;
using Moss.EventStore.Auditing;
using static Moss.EventStore.Tests.TestEvents;

namespace Moss.EventStore.Tests.Conformance;

public abstract partial class EventStoreConformance
{
    [Fact]
    public async Task An_untouched_history_passes_the_audit()
    {
        await TwoStreamsAsync();

        var report = await Store.VerifyAsync(CancellationToken.None);

        report.Problems.ShouldBeEmpty();
        report.Ok.ShouldBeTrue();
        report.Streams.ShouldBe(2);
        report.Events.ShouldBe(8);
    }

    [Fact]
    public async Task An_empty_store_passes_the_audit() =>
        (await Store.VerifyAsync(CancellationToken.None)).ShouldSatisfyAllConditions(
            report => report.Ok.ShouldBeTrue(), report => report.Events.ShouldBe(0), report => report.Streams.ShouldBe(0));

    [Fact]
    public async Task Changed_data_is_found_where_it_is() =>
        (await TamperedAsync(row => row with { Data = row.Data.Replace("2", "3", StringComparison.Ordinal) })).Version.ShouldBe(2);

    [Fact]
    public async Task Changed_metadata_is_found() =>
        (await TamperedAsync(row => row with { Metadata = row.Metadata.Replace("someone", "noone", StringComparison.Ordinal) })).Version.ShouldBe(2);

    [Fact]
    public async Task A_changed_name_is_found() => (await TamperedAsync(row => row with { Name = "test.opened.v3" })).Version.ShouldBe(2);

    [Fact]
    public async Task A_changed_id_is_found() => (await TamperedAsync(row => row with { Id = Guid.CreateVersion7() })).Version.ShouldBe(2);

    [Fact]
    public async Task Even_added_white_space_is_found() => (await TamperedAsync(row => row with { Data = row.Data + " " })).Version.ShouldBe(2);

    [Fact]
    public async Task Data_that_is_no_json_any_more_is_found() => (await TamperedAsync(row => row with { Data = "{" })).Problem.ShouldContain("no JSON");

    [Fact]
    public async Task A_change_with_its_own_hash_mended_is_found_at_the_next_event()
    {
        await TwoStreamsAsync();
        var previous = Convert.FromHexString((await Store.StreamAsync(Stream))[1].Hash);
        await under.TamperAsync(rows => rows.Select(row => row.Stream == Stream.Value && row.Version == 2 ? Mended(row, previous) : row));

        (await ProblemsAsync()).ShouldHaveSingleItem().Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_removed_event_is_found()
    {
        await TwoStreamsAsync();
        await under.TamperAsync(rows => rows.Where(row => row.Stream != Stream.Value || row.Version != 2));

        var problems = await ProblemsAsync();
        problems.ShouldContain(problem => problem.Stream == Stream.Value && problem.Version == 2 && problem.Problem.Contains("removed"));
        problems.ShouldContain(problem => problem.Stream.Length == 0);
    }

    [Fact]
    public async Task A_removed_tail_is_found()
    {
        await TwoStreamsAsync();
        await under.TamperAsync(rows => rows.Where(row => row.Stream != Stream.Value || row.Version < 3));

        (await ProblemsAsync()).ShouldContain(
            problem => problem.Stream == Stream.Value && problem.Version == 3 && problem.Problem.Contains("removed"));
    }

    [Fact]
    public async Task A_tail_removed_together_with_the_stream_head_is_found()
    {
        await TwoStreamsAsync();
        var events = await Store.StreamAsync(Stream);
        await under.TamperAsync(rows => rows.Where(row => row.Stream != Stream.Value || row.Version < 3));
        await under.TamperWithHeadAsync(Stream, new StreamHead(2, Convert.FromHexString(events[2].Hash)));

        (await ProblemsAsync()).ShouldHaveSingleItem().Stream.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_removed_stream_is_found()
    {
        await TwoStreamsAsync();
        await under.TamperAsync(rows => rows.Where(row => row.Stream != Stream.Value));

        (await ProblemsAsync()).ShouldContain(problem => problem.Stream == Stream.Value && problem.Version == 0);
        await under.TamperWithHeadAsync(Stream, null);
        (await ProblemsAsync()).ShouldHaveSingleItem().Stream.ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_that_changed_places_are_found()
    {
        await TwoStreamsAsync();
        await under.TamperAsync(rows => rows.Select(row => (row.Stream, row.Version) switch
        {
            ("evolution-1", 1) => row with { Version = 2 },
            ("evolution-1", 2) => row with { Version = 1 },
            _ => row,
        }));

        var problems = await ProblemsAsync();
        problems.ShouldContain(problem => problem.Version == 1);
        problems.ShouldContain(problem => problem.Version == 2);
    }

    [Fact]
    public async Task Events_that_changed_places_in_the_feed_are_found()
    {
        await TwoStreamsAsync();
        await under.TamperAsync(rows => rows.Select(row => row.Stream != Stream.Value ? row : row.Version switch
        {
            1 => row with { Position = rows.Single(other => other.Stream == Stream.Value && other.Version == 2).Position },
            2 => row with { Position = rows.Single(other => other.Stream == Stream.Value && other.Version == 1).Position },
            _ => row,
        }));

        (await ProblemsAsync()).ShouldContain(problem => problem.Problem.Contains("reordered"));
    }

    [Fact]
    public async Task An_inserted_event_is_found()
    {
        await TwoStreamsAsync();
        await under.TamperAsync(rows => rows.Append(rows.Last(row => row.Stream == Stream.Value) with
        {
            Version = 4,
            Position = 9,
            Id = Guid.CreateVersion7(),
        }));

        var problems = await ProblemsAsync();
        problems.ShouldContain(problem => problem.Stream == Stream.Value && problem.Version == 4 && problem.Problem.Contains("inserted"));
    }

    [Fact]
    public async Task A_stream_passed_off_as_another_is_found()
    {
        await TwoStreamsAsync();
        await under.TamperAsync(rows => rows.Select(row => row with { Stream = row.Stream == Stream.Value ? OtherStream.Value : Stream.Value }));

        (await ProblemsAsync()).ShouldContain(problem => problem.Version == 0);
    }

    /// <summary>Four events each, interleaved: positions 1, 3, 5, 7 are <see cref="Stream"/>'s.</summary>
    private async Task TwoStreamsAsync()
    {
        for (var index = 0; index < 4; index++)
        {
            await Store.AppendAsync(Stream, ExpectedVersion.Exactly(index - 1), New(new Counted(index)));
            await Store.AppendAsync(OtherStream, ExpectedVersion.Exactly(index - 1), New(new Opened("other", index)));
        }
    }

    /// <summary>The first problem after version 2 of <see cref="Stream"/> was changed.</summary>
    private async Task<AuditProblem> TamperedAsync(Func<EventRow, EventRow> change)
    {
        await TwoStreamsAsync();
        await under.TamperAsync(rows => rows.Select(row => row.Stream == Stream.Value && row.Version == 2 ? change(row) : row));
        var problems = await ProblemsAsync();
        problems.ShouldAllBe(problem => problem.Stream == Stream.Value);
        return problems[0];
    }

    private static EventRow Mended(EventRow row, byte[] previous)
    {
        const string forged = """{"value":99}""";
        return row with { Data = forged, Hash = HashChain.Next(previous, row.Name, row.Id, row.Version, forged, row.Metadata) };
    }

    private async Task<IReadOnlyList<AuditProblem>> ProblemsAsync()
    {
        var report = await Store.VerifyAsync(CancellationToken.None);
        report.Ok.ShouldBeFalse();
        return report.Problems;
    }
}
