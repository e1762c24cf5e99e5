using System.Globalization;
using System.Text.Json;
using Moss.EventStore;
using Moss.Workspaces;

namespace Moss.Deployment.Recording;

/// <summary>What stood in the event store when an evolution was ruled on or ended, as it is kept in the substrate's repository.</summary>
/// <param name="Evolution">Which.</param>
/// <param name="Substrate">Of which agent system.</param>
/// <param name="Event">Name of the event that it was taken at.</param>
/// <param name="At">When that was recorded.</param>
/// <param name="Streams">Ends of the streams about the evolution, its batch and its substrate.</param>
/// <param name="Feed">Of everything that was stored by then.</param>
internal sealed record AnchorFile(
    Guid Evolution, string Substrate, string Event, DateTimeOffset At, IReadOnlyList<AnchoredStream> Streams, AnchoredFeed Feed)
{
    public const string Branch = "moss/audit";

    private const string Readme = """
        # Anchors of the event store

        Moss writes a file here whenever it rules on an evolution and when one ends: for every stream about it the version and the hash of
        its last event, and a digest of all events until then. Each hash stands for everything before it.

        `moss audit verify --anchors REPOSITORY` compares them with the event store, and finds an end that was cut off, a stream that was
        removed, and a history that was written anew. Keep a copy of this branch where who can write the database cannot write.

        """;

    private static readonly JsonSerializerOptions Json = new(StoredJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>As it is to be written.</summary>
    public OwedRecord ToRecord()
    {
        var end = Streams.Single(stream => stream.Position == Feed.Position);
        return new OwedRecord(
            [new RecordFile("README.md", Readme), new RecordFile($"audit/{Evolution}.json", JsonSerializer.Serialize(this, Json) + "\n")],
            new CommitMessage(
                $"Anchor evolution {Evolution} at version {end.Version}", "",
                [("Evolution", Evolution.ToString("n")), ("Position", Feed.Position.ToString(CultureInfo.InvariantCulture)), ("Digest", Feed.Digest)]),
            At);
    }
}

/// <summary>The end of a stream.</summary>
internal sealed record AnchoredStream(string Stream, long Version, long Position, string Hash);

/// <summary>The end of the feed.</summary>
internal sealed record AnchoredFeed(long Position, string Digest);
