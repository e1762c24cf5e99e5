using Moss.EventStore.Appending;
using Moss.EventStore.Auditing;

namespace Moss.EventStore.Tests.Conformance;

public abstract partial class EventStoreConformance
{
    [Fact]
    public async Task An_untouched_history_agrees_with_its_anchors_also_when_it_has_gone_on()
    {
        await TwoStreamsAsync();
        var anchors = await AnchorAsync();
        await Store.AppendAsync(Stream, ExpectedVersion.Exactly(3), TestEvents.New(new Counted(4)));

        var report = await Store.VerifyAsync(anchors, CancellationToken.None);

        report.Problems.ShouldBeEmpty();
        report.Anchors.ShouldBe(3);
        (await Store.VerifyAsync(CancellationToken.None)).Anchors.ShouldBe(0);
    }

    [Fact]
    public async Task The_end_of_everything_cut_off_with_its_heads_is_found_by_anchors_alone()
    {
        await TwoStreamsAsync();
        var anchors = await AnchorAsync();
        await CutAsync(after: 6);

        (await Store.VerifyAsync(CancellationToken.None)).Ok.ShouldBeTrue("nothing in the database says so");
        var problems = await ProblemsAsync(anchors);

        problems.Select(problem => (problem.Stream, problem.Version)).ShouldBe([(Stream.Value, 3), (OtherStream.Value, 3), ("", -1)], ignoreOrder: true);
        problems.ShouldAllBe(problem => problem.Problem.Contains("removed"));
        problems.ShouldContain(problem => problem.Problem.Contains("the stream ends with version 2"));
        problems.ShouldContain(problem => problem.Problem.Contains("anchored at position 8 and ends at 6"));
    }

    [Fact]
    public async Task A_stream_that_was_removed_without_a_trace_is_found_by_anchors_alone()
    {
        await TwoStreamsAsync();
        var anchors = await AnchorAsync();
        await under.TamperAsync(rows => rows.Where(row => row.Stream != Stream.Value).Select((row, at) => row with { Position = at + 1 }));
        await under.TamperWithHeadAsync(Stream, null);

        (await Store.VerifyAsync(CancellationToken.None)).Ok.ShouldBeTrue("nothing in the database says so");
        var problems = await ProblemsAsync(anchors);

        problems.ShouldContain(problem => problem.Stream == Stream.Value && problem.Version == 3 && problem.Problem.Contains("nothing is stored"));
        problems.ShouldContain(problem => problem.Stream.Length == 0);
    }

    [Fact]
    public async Task A_stream_that_was_written_anew_with_all_its_hashes_is_found_by_anchors_alone()
    {
        await TwoStreamsAsync();
        var anchors = await AnchorAsync();
        var previous = Convert.FromHexString((await Store.StreamAsync(Stream))[1].Hash);
        await under.TamperAsync(rows => rows.Select(row =>
        {
            if (row.Stream != Stream.Value || row.Version < 2)
            {
                return row;
            }

            var forged = row.Version == 2 ? Mended(row, previous) : row with { Hash = HashChain.Next(previous, row.Name, row.Id, row.Version, row.Data, row.Metadata) };
            previous = forged.Hash;
            return forged;
        }).ToList());
        await under.TamperWithHeadAsync(Stream, new StreamHead(3, previous));

        (await Store.VerifyAsync(CancellationToken.None)).Ok.ShouldBeTrue("nothing in the database says so");
        var problems = await ProblemsAsync(anchors);

        problems.ShouldContain(problem => problem.Stream == Stream.Value && problem.Version == 3 && problem.Problem.Contains("written anew"));
        problems.ShouldContain(problem => problem.Stream.Length == 0 && problem.Problem.Contains("up to position 8"));
    }

    [Fact]
    public async Task Streams_that_changed_places_in_the_feed_are_found_by_its_digest()
    {
        await TwoStreamsAsync();
        var anchors = await AnchorAsync();
        await under.TamperAsync(rows => rows.Select(row => row with { Position = row.Position % 2 == 0 ? row.Position - 1 : row.Position + 1 }));

        (await Store.VerifyAsync(CancellationToken.None)).Ok.ShouldBeTrue("each stream is in order");
        (await ProblemsAsync(anchors)).ShouldHaveSingleItem().Problem.ShouldContain("reordered");
    }

    [Fact]
    public async Task Every_anchor_of_a_stream_is_compared()
    {
        await TwoStreamsAsync();
        var anchors = (await AnchorAsync()).Heads.Append(new HeadAnchor(Stream.Value, 1, new string('0', 64))).Append(new HeadAnchor("evolution-9", 0, new string('0', 64)));

        var problems = await ProblemsAsync(new Anchors([.. anchors], []));

        problems.Select(problem => (problem.Stream, problem.Version)).ShouldBe([(Stream.Value, 1), ("evolution-9", 0)], ignoreOrder: true);
    }

    [Fact]
    public async Task An_empty_store_does_not_agree_with_anchors() =>
        (await ProblemsAsync(new Anchors([new HeadAnchor("evolution-9", 2, new string('0', 64))], [new FeedAnchor(3, new string('0', 64))]))).Count.ShouldBe(2);

    /// <summary>Of both streams and of the feed, as it is now.</summary>
    private async Task<Anchors> AnchorAsync()
    {
        var events = await Store.ReadFeedAsync(0, 100, CancellationToken.None);
        var digest = events.Aggregate(FeedDigest.Empty, (sum, stored) => sum.With(stored.Position, stored.Hash));
        return new Anchors(
            [.. events.GroupBy(stored => stored.Stream).Select(stream => stream.Last()).Select(last => new HeadAnchor(last.Stream.Value, last.Version, last.Hash))],
            [new FeedAnchor(digest.Position, digest.Digest)]);
    }

    /// <summary>Removes the end of the feed as someone would who knows what the audit looks at.</summary>
    private async Task CutAsync(long after)
    {
        var kept = (await Store.ReadFeedAsync(0, 100, CancellationToken.None)).Where(stored => stored.Position <= after).GroupBy(stored => stored.Stream).ToList();
        await under.TamperAsync(rows => rows.Where(row => row.Position <= after));
        foreach (var stream in kept)
        {
            await under.TamperWithHeadAsync(stream.Key, new StreamHead(stream.Last().Version, Convert.FromHexString(stream.Last().Hash)));
        }
    }

    private async Task<IReadOnlyList<AuditProblem>> ProblemsAsync(Anchors anchors)
    {
        var report = await Store.VerifyAsync(anchors, CancellationToken.None);
        report.Ok.ShouldBeFalse();
        return report.Problems;
    }
}
