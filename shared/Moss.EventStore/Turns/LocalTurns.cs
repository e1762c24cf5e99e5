using System.Collections.Concurrent;

namespace Moss.EventStore.Turns;

/// <summary>Turns within one process, for a store that only one process uses. They are never lost.</summary>
public sealed class LocalTurns : ITurns
{
    private readonly ConcurrentDictionary<string, Turn> held = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<ITurn> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var mine = new Turn(this, name);
        for (var holder = held.GetOrAdd(name, mine); holder != mine; holder = held.GetOrAdd(name, mine))
        {
            await holder.Ended.WaitAsync(cancellationToken);
        }

        return mine;
    }

    private sealed class Turn(LocalTurns owner, string name) : ITurn
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken Lost => CancellationToken.None;

        public Task Ended => ended.Task;

        public ValueTask DisposeAsync()
        {
            owner.held.TryRemove(KeyValuePair.Create(name, this));
            ended.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
