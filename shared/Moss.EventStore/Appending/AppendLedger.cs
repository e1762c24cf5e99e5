using Moss.EventStore.Auditing;

namespace Moss.EventStore.Appending;

/// <summary>
/// Decides appends while its owner holds the one write lock, so what it was told about heads and ids cannot change under it.
/// It remembers what it accepted: later requests of the same group see earlier ones.
/// </summary>
internal sealed class AppendLedger(long lastPosition)
{
    private readonly Dictionary<string, StreamHead> heads = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, EventPlace> places = [];

    public long LastPosition { get; private set; } = lastPosition;

    public bool Knows(StreamId stream) => heads.ContainsKey(stream.Value);

    public void Learn(string stream, StreamHead head) => heads[stream] = head;

    public void Learn(Guid id, EventPlace place) => places[id] = place;

    public AppendOutcome Append(AppendRequest request)
    {
        if (Repetition(request) is { } repeated)
        {
            return repeated;
        }

        var head = heads.GetValueOrDefault(request.Stream.Value) ?? new StreamHead(-1, HashChain.Start(request.Stream.Value));
        if (request.Expected != ExpectedVersion.Any && request.Expected.Value != head.Version)
        {
            return new AppendOutcome.Refused(new WrongExpectedVersionException(request.Stream, request.Expected));
        }

        var rows = new List<EventRow>(request.Events.Count);
        foreach (var added in request.Events)
        {
            var version = head.Version + 1;
            head = new StreamHead(version, HashChain.Next(head.Hash, added.Name, added.Id, version, added.Data, added.Metadata));
            rows.Add(new EventRow(++LastPosition, request.Stream.Value, version, added.Id, added.Name, added.Data, added.Metadata, head.Hash));
            places[added.Id] = new EventPlace(request.Stream.Value, version, added.Name);
        }

        heads[request.Stream.Value] = head;
        return new AppendOutcome.Accepted(rows, head);
    }

    /// <summary>A caller that never heard the answer asks again: the same events, in the same order, in the same stream.</summary>
    private AppendOutcome? Repetition(AppendRequest request)
    {
        var known = request.Events.Count(added => places.ContainsKey(added.Id));
        var distinct = request.Events.DistinctBy(added => added.Id).Count() == request.Events.Count;
        if (known == 0 && distinct)
        {
            return null;
        }

        if (known < request.Events.Count || !distinct)
        {
            return new AppendOutcome.Refused(new DuplicateEventException(request.Stream, Culprit(request)));
        }

        var first = places[request.Events[0].Id].Version;
        for (var index = 0; index < request.Events.Count; index++)
        {
            var added = request.Events[index];
            if (places[added.Id] != new EventPlace(request.Stream.Value, first + index, added.Name))
            {
                return new AppendOutcome.Refused(new DuplicateEventException(request.Stream, added.Id));
            }
        }

        return new AppendOutcome.Repeated(first + request.Events.Count - 1);
    }

    private Guid Culprit(AppendRequest request)
    {
        var seen = new HashSet<Guid>();
        return request.Events.First(added => places.ContainsKey(added.Id) || !seen.Add(added.Id)).Id;
    }
}
