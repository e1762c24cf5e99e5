using System.Collections.Concurrent;
using Moss.EventStore.Projections;

namespace Moss.EventStore.Tests.Projections;

/// <summary>Notes what it handled; fails and blocks where it is told to.</summary>
internal sealed class RecordingHandler : IFeedHandler
{
    private readonly ConcurrentQueue<long> handled = [];
    private readonly ConcurrentDictionary<long, int> attempts = [];
    private readonly ConcurrentDictionary<long, int> failures = [];
    private readonly TaskCompletionSource blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long blockAt;

    public string Name => "recording";

    public IReadOnlyList<long> Positions => [.. handled];

    /// <summary>Completes when an event hangs in here.</summary>
    public Task Blocked => blocked.Task;

    public int Attempts(long position) => attempts.GetValueOrDefault(position);

    public void FailAt(long position, int times) => failures[position] = times;

    /// <summary>The first attempt at this event hangs until it is cancelled.</summary>
    public void BlockAt(long position) => blockAt = position;

    public async Task HandleAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        var attempt = attempts.AddOrUpdate(stored.Position, 1, static (_, before) => before + 1);
        if (stored.Position == blockAt && attempt == 1)
        {
            blocked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        if (attempt <= failures.GetValueOrDefault(stored.Position))
        {
            throw new InvalidOperationException($"attempt {attempt} at {stored.Position}");
        }

        handled.Enqueue(stored.Position);
    }
}
