using Moss.EventStore.Appending;

namespace Moss.EventStore.Auditing;

/// <summary>Compares stored rows with anchors. Keeps the hashes of all events where the feed is anchored, and nothing otherwise.</summary>
internal sealed class AnchorAudit(Anchors anchors)
{
    private readonly Dictionary<string, List<HeadAnchor>> open = anchors.Heads
        .GroupBy(head => head.Stream, StringComparer.Ordinal)
        .ToDictionary(heads => heads.Key, heads => heads.Distinct().OrderBy(head => head.Version).ToList(), StringComparer.Ordinal);

    private readonly List<(long Position, byte[] Hash)> feed = [];

    /// <summary>Anchors that this row differs from.</summary>
    public IEnumerable<AuditProblem> Row(EventRow row)
    {
        if (anchors.Feed.Count > 0)
        {
            feed.Add((row.Position, row.Hash));
        }

        var reached = open.GetValueOrDefault(row.Stream)?.Where(head => head.Version == row.Version).ToList() ?? [];
        var hash = reached.Count > 0 ? Convert.ToHexStringLower(row.Hash) : "";
        foreach (var head in reached)
        {
            open[row.Stream].Remove(head);
            if (head.Hash != hash)
            {
                yield return new(row.Stream, row.Version, "has another hash than its anchor: the history up to it was written anew");
            }
        }
    }

    /// <summary>Anchors of a stream beyond what is stored of it; all of them when nothing is.</summary>
    /// <param name="stream">Which.</param>
    /// <param name="last">Its last version; -1 when it has none.</param>
    public IEnumerable<AuditProblem> End(string stream, long last)
    {
        if (open.Remove(stream, out var missing))
        {
            foreach (var head in missing)
            {
                yield return new(stream, head.Version, last switch
                {
                    -1 => "was anchored, and nothing is stored of the stream: it was removed",
                    _ when head.Version > last => $"was anchored, and the stream ends with version {last}: its end was removed",
                    _ => "was anchored and is missing: the event was removed",
                });
            }
        }
    }

    /// <summary>Anchors of streams that were never met, and of the feed.</summary>
    public IEnumerable<AuditProblem> Finish() => open.Keys.ToList().SelectMany(stream => End(stream, -1)).Concat(Feed());

    private IEnumerable<AuditProblem> Feed()
    {
        var (digest, next) = (FeedDigest.Empty, 0);
        feed.Sort((one, other) => one.Position.CompareTo(other.Position));
        foreach (var anchor in anchors.Feed.Distinct().OrderBy(anchor => anchor.Position))
        {
            for (; next < feed.Count && feed[next].Position <= anchor.Position; next++)
            {
                digest = digest.With(feed[next].Position, feed[next].Hash);
            }

            if (digest.Position < anchor.Position)
            {
                yield return new("", -1, $"the feed was anchored at position {anchor.Position} and ends at {digest.Position}: events were removed");
            }
            else if (digest.Digest != anchor.Digest)
            {
                yield return new("", -1, $"the feed up to position {anchor.Position} is not what was anchored: events were removed, changed, inserted or reordered");
            }
        }
    }
}
