using System.Collections.Concurrent;
using Moss.Contracts;

namespace Moss.ServiceDefaults.Stages;

/// <summary>The units of work that run in this process, so that each runs once and can be cancelled.</summary>
public sealed class RunningStages : IDisposable
{
    private readonly ConcurrentDictionary<StageReference, Slot> slots = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Keys of what runs now.</summary>
    public IReadOnlySet<string> Keys => slots.Keys.Select(stage => stage.Key()).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// Takes the key until the slot is disposed; null when it is taken. Work that was cancelled holds its key until it has
    /// ended; whoever asks for the same work again meanwhile waits for that, or gets null when it is no longer wanted itself.
    /// </summary>
    public async Task<Slot?> BeginAsync(StageReference stage, CancellationToken cancellationToken)
    {
        var slot = new Slot(this, stage, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token));
        try
        {
            for (var holder = slots.GetOrAdd(stage, slot); holder != slot; holder = slots.GetOrAdd(stage, slot))
            {
                if (!holder.Token.IsCancellationRequested)
                {
                    slot.Dispose();
                    return null;
                }

                await holder.Ended.WaitAsync(slot.Token);
            }

            return slot;
        }
        catch (OperationCanceledException)
        {
            slot.Dispose();
            return null;
        }
    }

    /// <summary>Cancels everything that runs for an evolution.</summary>
    public void Cancel(Guid evolution)
    {
        foreach (var (_, slot) in slots.Where(entry => entry.Key.EvolutionId == evolution))
        {
            slot.Cancel();
        }
    }

    /// <summary>Cancels everything, and all that begins from now on: the process is about to end.</summary>
    public void Stop() => stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    /// <summary>One unit of work that runs.</summary>
    public sealed class Slot : IDisposable
    {
        private readonly RunningStages owner;
        private readonly StageReference stage;
        private readonly CancellationTokenSource source;
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Slot(RunningStages owner, StageReference stage, CancellationTokenSource source) =>
            (this.owner, this.stage, this.source, Token) = (owner, stage, source, source.Token);

        /// <summary>Fires when the work is no longer wanted.</summary>
        public CancellationToken Token { get; }

        /// <summary>Completes once the key is free.</summary>
        internal Task Ended => ended.Task;

        /// <inheritdoc/>
        public void Dispose()
        {
            owner.slots.TryRemove(KeyValuePair.Create(stage, this));
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
