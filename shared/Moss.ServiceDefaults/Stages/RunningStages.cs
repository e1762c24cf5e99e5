using System.Collections.Concurrent;
using Moss.Contracts;

namespace Moss.ServiceDefaults.Stages;

/// <summary>The units of work that run in this process, so that each runs once and can be cancelled.</summary>
public sealed class RunningStages : IDisposable
{
    private readonly ConcurrentDictionary<(StageReference Stage, string Part), Slot> slots = new();
    private readonly ConcurrentDictionary<Guid, DateTime> cancelled = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Keys of what runs now.</summary>
    public IReadOnlySet<string> Keys => slots.Keys.Select(entry => entry.Stage.Key()).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether the process is about to end.</summary>
    public bool IsStopping => stopping.IsCancellationRequested;

    /// <summary>
    /// Takes the key until the slot is disposed. Whoever asks for work that runs waits for its end: a command must not count as
    /// done while its work may still die with the process. Null when the work was done and told of meanwhile, or was cancelled
    /// after it was asked for.
    /// </summary>
    /// <param name="stage">The key.</param>
    /// <param name="waiting">Ends the wait, not the work.</param>
    /// <param name="part">Of a stage that is done in parts, each of which has a slot of its own.</param>
    /// <exception cref="OperationCanceledException">The process ends, or the wait was ended.</exception>
    public async Task<Slot?> BeginAsync(StageReference stage, CancellationToken waiting, string part = "")
    {
        var slot = new Slot(this, (stage, part), CancellationTokenSource.CreateLinkedTokenSource(stopping.Token));
        try
        {
            for (var holder = slots.GetOrAdd((stage, part), slot); holder != slot; holder = slots.GetOrAdd((stage, part), slot))
            {
                var windsUp = holder.Token.IsCancellationRequested;
                await holder.Ended.WaitAsync(slot.Token).WaitAsync(waiting);
                if (holder.IsTold || (!windsUp && holder.Token.IsCancellationRequested))
                {
                    slot.Dispose();
                    return null;
                }
            }

            return slot;
        }
        catch (OperationCanceledException)
        {
            slot.Dispose();
            throw;
        }
    }

    /// <summary>Cancels everything that runs for an evolution.</summary>
    /// <param name="evolution">Its id.</param>
    /// <param name="at">When that was asked for: parts that were handed out before are not wanted either.</param>
    public void Cancel(Guid evolution, DateTime? at = null)
    {
        if (at is { } time)
        {
            cancelled[evolution] = time;
        }

        foreach (var (_, slot) in slots.Where(entry => entry.Key.Stage.EvolutionId == evolution))
        {
            slot.Cancel();
        }
    }

    /// <summary>Whether the evolution was cancelled after something was asked for.</summary>
    public bool WasCancelledAfter(Guid evolution, DateTime? asked) => cancelled.TryGetValue(evolution, out var at) && asked < at;

    /// <summary>Cancels everything, and all that begins from now on: the process is about to end.</summary>
    public void Stop() => stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    /// <summary>One unit of work that runs.</summary>
    public sealed class Slot : IDisposable
    {
        private readonly RunningStages owner;
        private readonly (StageReference, string) key;
        private readonly CancellationTokenSource source;
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Slot(RunningStages owner, (StageReference, string) key, CancellationTokenSource source) =>
            (this.owner, this.key, this.source, Token) = (owner, key, source, source.Token);

        /// <summary>Fires when the work is no longer wanted.</summary>
        public CancellationToken Token { get; }

        /// <summary>Whether the answer, or what broke, was published.</summary>
        public bool IsTold { get; set; }

        /// <summary>Completes once the key is free.</summary>
        internal Task Ended => ended.Task;

        /// <inheritdoc/>
        public void Dispose()
        {
            owner.slots.TryRemove(KeyValuePair.Create(key, this));
            source.Dispose();
            ended.TrySetResult();
        }

        internal void Cancel()
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended in the same moment.
            }
        }
    }
}
