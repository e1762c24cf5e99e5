using Moss.EventStore;
using Moss.ServiceDefaults.Problems;

namespace Moss.Orchestrator.Api;

/// <summary>Anchors as they lie on the branch <c>moss/audit</c> of a substrate's repository; what else the files say may come along.</summary>
internal sealed record AnchorsRequest(IReadOnlyList<AnchoredStreamRequest?>? Streams, IReadOnlyList<AnchoredFeedRequest?>? Feed)
{
    private const string Fix = "send the anchors as they are in the files of the branch moss/audit";

    public Anchors ToAnchors() => new(
        [.. (Streams ?? []).Select(stream => new HeadAnchor(stream!.Stream!, stream.Version!.Value, stream.Hash!))],
        [.. (Feed ?? []).Select(feed => new FeedAnchor(feed!.Position!.Value, feed.Digest!))]);

    public IReadOnlyList<RequestProblem> Check() =>
    [
        .. Streams is null or [] && Feed is null or [] ? [new RequestProblem("streams", "there is nothing to compare with", Fix)] : (RequestProblem[])[],
        .. (Streams ?? []).SelectMany((stream, at) => stream?.Check($"streams[{at}]") ?? When(true, $"streams[{at}]", "there is no anchor"))
            .Concat((Feed ?? []).SelectMany((feed, at) => feed?.Check($"feed[{at}]") ?? When(true, $"feed[{at}]", "there is no anchor"))).Take(10),
    ];

    internal static IEnumerable<RequestProblem> When(bool wrong, string field, string detail) => wrong ? [new(field, detail, Fix)] : [];

    internal static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
}

/// <summary>The end of a stream.</summary>
internal sealed record AnchoredStreamRequest(string? Stream, long? Version, string? Hash)
{
    public IEnumerable<RequestProblem> Check(string place) =>
    [
        .. AnchorsRequest.When(string.IsNullOrEmpty(Stream), $"{place}.stream", "no stream is named"),
        .. AnchorsRequest.When(Version is null or < 0, $"{place}.version", "this is no version: it is 0 or more"),
        .. AnchorsRequest.When(!AnchorsRequest.IsHash(Hash), $"{place}.hash", "this is no hash: it has 64 lower-case hex digits"),
    ];
}

/// <summary>The end of the feed.</summary>
internal sealed record AnchoredFeedRequest(long? Position, string? Digest)
{
    public IEnumerable<RequestProblem> Check(string place) =>
    [
        .. AnchorsRequest.When(Position is null or < 1, $"{place}.position", "this is no position: it is 1 or more"),
        .. AnchorsRequest.When(!AnchorsRequest.IsHash(Digest), $"{place}.digest", "this is no digest: it has 64 lower-case hex digits"),
    ];
}
