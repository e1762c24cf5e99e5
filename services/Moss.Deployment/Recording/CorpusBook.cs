using System.Collections.Immutable;
using Moss.Domain.Corpus;
using Moss.EventStore;

namespace Moss.Deployment.Recording;

/// <summary>The stream of one substrate's corpus, as far as it was read, and which events it has followed already.</summary>
internal sealed class CorpusBook(string substrate)
{
    private readonly HashSet<string> followed = new(StringComparer.Ordinal);
    private long version = -1;

    public CorpusState State { get; private set; } = CorpusState.Empty;

    /// <summary>When the newest of its events happened.</summary>
    public DateTimeOffset At { get; private set; } = DateTimeOffset.UnixEpoch;

    public static StreamId StreamOf(string substrate) => new($"corpus-{substrate}");

    public bool HasFollowed(StoredEvent stored) => followed.Contains(stored.Id.ToString());

    public async Task<CorpusBook> LoadAsync(IEventReader reader, CancellationToken cancellationToken)
    {
        await foreach (var stored in reader.ReadStreamAsync(StreamOf(substrate), version + 1, cancellationToken))
        {
            Apply(stored.Data, stored.Metadata);
        }

        return this;
    }

    /// <summary>Durable when it returns; the events happened when their cause did.</summary>
    public async Task AppendAsync(IEventAppender appender, StoredEvent cause, ImmutableArray<object> happened, CancellationToken cancellationToken)
    {
        var metadata = new EventMetadata(substrate, cause.Id.ToString(), "deployment", cause.Metadata.Time);
        await appender.AppendAsync(
            StreamOf(substrate), ExpectedVersion.Exactly(version),
            [.. happened.Select(data => new NewEvent(Guid.CreateVersion7(cause.Metadata.Time), data, metadata))], cancellationToken);
        foreach (var data in happened)
        {
            Apply(data, metadata);
        }
    }

    private void Apply(object data, EventMetadata metadata)
    {
        version++;
        State = State.Apply(data, metadata.Time);
        At = metadata.Time;
        followed.Add(metadata.Causation);
    }
}
