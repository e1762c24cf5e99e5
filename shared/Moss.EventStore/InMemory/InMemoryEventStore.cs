using System.Runtime.CompilerServices;
using Moss.EventStore.Appending;
using Moss.EventStore.Auditing;

namespace Moss.EventStore.InMemory;

/// <summary>Keeps everything in memory, in its stored form: for tests and for trying things out. Gone when the process ends.</summary>
/// <param name="catalog">Names of everything that is read or written.</param>
public sealed class InMemoryEventStore(EventCatalog catalog) : IEventStore
{
    private readonly Lock gate = new();
    private readonly EventCodec codec = new(catalog);
    private readonly AppendLedger ledger = new(0);
    private readonly FeedSignal signal = new();
    private readonly Dictionary<string, long> checkpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<StreamId, Snapshot> snapshots = [];
    private readonly Dictionary<string, Deadline> deadlines = new(StringComparer.Ordinal);

    /// <summary>What a table would hold; tests tamper with it.</summary>
    internal List<EventRow> Rows { get; } = [];

    /// <summary>Newest version and hash of each stream; tests tamper with it.</summary>
    internal Dictionary<string, StreamHead> Heads { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<long> AppendAsync(
        StreamId stream, ExpectedVersion expected, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return events.Count == 0 ? Task.FromResult(-1L) : AppendAsync(codec.Encode(stream, expected, events));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredEvent> ReadStreamAsync(
        StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<EventRow> rows;
        lock (gate)
        {
            rows = [.. Rows.Where(row => row.Stream == stream.Value && row.Version >= fromVersion).OrderBy(row => row.Version)];
        }

        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return codec.Decode(row);
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> ReadFeedAsync(long after, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            // Positions have no gaps, so a position is an index.
            return Task.FromResult(codec.DecodePage([.. Rows.Skip((int)Math.Min(after, int.MaxValue)).Take(max)]));
        }
    }

    /// <inheritdoc/>
    public Task<long> LastPositionAsync(CancellationToken cancellationToken) => Task.FromResult(signal.Position);

    /// <inheritdoc/>
    public Task WaitForEventsAsync(long after, CancellationToken cancellationToken) => signal.WaitAsync(after, cancellationToken);

    /// <inheritdoc/>
    public Task<long> LoadCheckpointAsync(string subscriber, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(checkpoints.GetValueOrDefault(subscriber));
        }
    }

    /// <inheritdoc/>
    public Task SaveCheckpointAsync(string subscriber, long position, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            checkpoints[subscriber] = position;
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<Snapshot?> LoadSnapshotAsync(StreamId stream, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(snapshots.GetValueOrDefault(stream));
        }
    }

    /// <inheritdoc/>
    public Task SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var kept = snapshots.GetValueOrDefault(snapshot.Stream);
            if (kept is null || snapshot.Version >= kept.Version || snapshot.Schema != kept.Schema)
            {
                snapshots[snapshot.Stream] = snapshot;
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task SetDeadlineAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            deadlines[deadline.Id] = deadline with { Due = deadline.Due.ToUniversalTime() };
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task ClearDeadlineAsync(string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            deadlines.Remove(id);
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Deadline>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<Deadline>>(
            [
                .. deadlines.Values.Where(deadline => deadline.Due <= now)
                    .OrderBy(deadline => deadline.Due).ThenBy(deadline => deadline.Id, StringComparer.Ordinal),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<DateTimeOffset?>(deadlines.Count == 0 ? null : deadlines.Values.Min(deadline => deadline.Due));
        }
    }

    /// <inheritdoc/>
    public Task<AuditReport> VerifyAsync(Anchors anchors, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var audit = new ChainAudit(anchors);
            foreach (var row in Rows.OrderBy(row => row.Stream, StringComparer.Ordinal).ThenBy(row => row.Version))
            {
                audit.Row(row, Heads.GetValueOrDefault(row.Stream));
            }

            foreach (var (stream, head) in Heads.Where(head => !Rows.Exists(row => row.Stream == head.Key)))
            {
                audit.Empty(stream, head);
            }

            return Task.FromResult(audit.Finish());
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<long> AppendAsync(AppendRequest request)
    {
        AppendOutcome outcome;
        lock (gate)
        {
            outcome = ledger.Append(request);
            if (outcome is AppendOutcome.Accepted accepted)
            {
                Rows.AddRange(accepted.Rows);
                Heads[request.Stream.Value] = accepted.Head;
                signal.Reached(ledger.LastPosition);
            }
        }

        return outcome is AppendOutcome.Refused refused ? Task.FromException<long>(refused.Reason) : Task.FromResult(outcome.VersionOrThrow());
    }
}
