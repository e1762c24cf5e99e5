using Moss.Domain.Evolution;
using Moss.EventStore;

namespace Moss.Deployment.Recording;

/// <summary>
/// Reads the feed from its first event on and says at each ruling and at each end what there was of the evolution. What it says of an
/// event follows from the feed up to it alone, so whoever reads the feed again says the same.
/// </summary>
internal sealed class AnchorBook
{
    private readonly Dictionary<string, SortedDictionary<string, AnchoredStream>> heads = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, EvolutionStarted> evolutions = [];
    private FeedDigest feed = FeedDigest.Empty;

    /// <summary>The anchor that belongs to an event; null for most. An event that was read before says nothing.</summary>
    public AnchorFile? Read(StoredEvent stored)
    {
        if (stored.Position <= feed.Position)
        {
            return null;
        }

        feed = feed.With(stored.Position, stored.Hash);
        HeadsOf(IdOf(stored.Stream))[stored.Stream.Value] = new(stored.Stream.Value, stored.Version, stored.Position, stored.Hash);
        if (stored.Data is EvolutionStarted started)
        {
            evolutions[started.Evolution] = started;
        }

        return stored.Data is IterationRuled or EvolutionEnded
            && Guid.TryParse(IdOf(stored.Stream), out var id) && evolutions.TryGetValue(id, out var evolution)
            ? AnchorOf(stored, evolution)
            : null;
    }

    private AnchorFile AnchorOf(StoredEvent stored, EvolutionStarted evolution) => new(
        evolution.Evolution, evolution.Substrate, stored.Name, stored.Metadata.Time,
        [.. new[] { $"{evolution.Evolution:n}", $"{evolution.Batch:n}", evolution.Substrate }.Distinct().SelectMany(id => HeadsOf(id).Values)],
        new AnchoredFeed(feed.Position, feed.Digest));

    private SortedDictionary<string, AnchoredStream> HeadsOf(string id) =>
        heads.TryGetValue(id, out var known) ? known : heads[id] = new(StringComparer.Ordinal);

    /// <summary>What a stream is about: its name without its kind.</summary>
    private static string IdOf(StreamId stream) => stream.Value[(stream.Value.IndexOf('-', StringComparison.Ordinal) + 1)..];
}
