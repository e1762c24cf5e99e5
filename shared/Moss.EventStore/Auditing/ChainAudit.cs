using System.Text.Json;
using Moss.EventStore.Appending;

namespace Moss.EventStore.Auditing;

/// <summary>
/// Reads stored rows once, ordered by stream and version, each with the head of its stream, and keeps nothing but the last of
/// them. After a problem the chain goes on from what is stored: one changed row is one problem, not a thousand.
/// </summary>
internal sealed class ChainAudit(Anchors anchors)
{
    /// <summary>A history this broken needs no longer list.</summary>
    private const int MaxProblems = 1000;

    private readonly List<AuditProblem> problems = [];
    private readonly AnchorAudit anchored = new(anchors);
    private string? stream;
    private StreamHead last = new(-1, []);
    private StreamHead? head;
    private long lastPosition;
    private long streams;
    private long events;
    private long highestPosition;

    public void Row(EventRow row, StreamHead? headOfStream)
    {
        if (row.Stream != stream)
        {
            EndStream();
            BeginStream(row.Stream, headOfStream);
        }

        events++;
        highestPosition = Math.Max(highestPosition, row.Position);
        CheckVersion(row);
        if (row.Position <= lastPosition)
        {
            Report(row.Version, $"stands before version {row.Version - 1} in the feed: events were reordered");
        }

        lastPosition = row.Position;
        last = new StreamHead(row.Version, row.Hash);
        Report(anchored.Row(row));
    }

    /// <summary>A stream that has a head and no event.</summary>
    public void Empty(string name, StreamHead headOfStream)
    {
        EndStream();
        BeginStream(name, headOfStream);
    }

    public AuditReport Finish()
    {
        EndStream();
        stream = "";
        if (highestPosition != events)
        {
            Report(-1, $"the feed reaches position {highestPosition} and holds {events} events: events were removed or inserted");
        }

        Report(anchored.Finish());
        return new AuditReport(streams, events, problems) { Anchors = anchors.Count };
    }

    private void BeginStream(string name, StreamHead? headOfStream)
    {
        streams++;
        (stream, head, lastPosition) = (name, headOfStream, 0);
        last = new StreamHead(-1, HashChain.Start(name));
    }

    private void CheckVersion(EventRow row)
    {
        var next = last.Version + 1;
        if (row.Version == next)
        {
            CheckHash(row);
        }
        else if (row.Version > next)
        {
            Report(next, row.Version - next == 1 ? "is missing: the event was removed" : $"to {row.Version - 1} are missing: the events were removed");
        }
        else
        {
            Report(row.Version, "is stored twice: an event was inserted");
        }
    }

    private void CheckHash(EventRow row)
    {
        try
        {
            var hash = HashChain.Next(last.Hash, row.Name, row.Id, row.Version, row.Data, row.Metadata);
            if (!hash.AsSpan().SequenceEqual(row.Hash))
            {
                Report(row.Version, "does not fit its hash: the event was changed, moved or inserted");
            }
        }
        catch (JsonException)
        {
            Report(row.Version, "is no JSON: the event was changed");
        }
    }

    private void EndStream()
    {
        if (stream is null)
        {
            return;
        }

        if (head is null)
        {
            Report(last.Version, "the head of the stream is missing: it was removed, or the stream was inserted");
        }
        else if (head.Version > last.Version)
        {
            Report(last.Version + 1, $"to {head.Version} are missing at the end: the events were removed");
        }
        else if (head.Version < last.Version)
        {
            Report(head.Version + 1, $"is beyond the head of the stream, version {head.Version}: events were inserted");
        }
        else if (!head.Hash.AsSpan().SequenceEqual(last.Hash))
        {
            Report(last.Version, "has another hash than the head of the stream: the event or the head was changed");
        }

        Report(anchored.End(stream, last.Version));
        stream = null;
    }

    private void Report(long version, string problem)
    {
        if (problems.Count < MaxProblems)
        {
            problems.Add(new AuditProblem(stream!, version, problem));
        }
    }

    private void Report(IEnumerable<AuditProblem> more) => problems.AddRange(more.Take(MaxProblems - problems.Count));
}
