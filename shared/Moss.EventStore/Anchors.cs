namespace Moss.EventStore;

/// <summary>What was written down of a history outside of its store, so that its end cannot be cut off unseen.</summary>
/// <param name="Heads">Of streams; several of one stream are all compared.</param>
/// <param name="Feed">Of all streams together.</param>
public sealed record Anchors(IReadOnlyList<HeadAnchor> Heads, IReadOnlyList<FeedAnchor> Feed)
{
    /// <summary>Nothing was written down.</summary>
    public static Anchors None { get; } = new([], []);

    /// <summary>How many there are.</summary>
    public int Count => Heads.Count + Feed.Count;
}

/// <summary>A stream once had an event with this hash at this version, which stands for everything before it.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Version">0 or more.</param>
/// <param name="Hash">As of <see cref="StoredEvent.Hash"/>.</param>
public sealed record HeadAnchor(string Stream, long Version, string Hash);

/// <summary>The feed once had this digest at this position.</summary>
/// <param name="Position">1 or more.</param>
/// <param name="Digest">As of <see cref="FeedDigest"/>.</param>
public sealed record FeedAnchor(long Position, string Digest);

/// <summary>Calls that name no anchors.</summary>
public static class AuditExtensions
{
    /// <summary>Verifies what can be verified without anything from outside.</summary>
    public static Task<AuditReport> VerifyAsync(this IEventAudit audit, CancellationToken cancellationToken) =>
        audit.VerifyAsync(Anchors.None, cancellationToken);
}
