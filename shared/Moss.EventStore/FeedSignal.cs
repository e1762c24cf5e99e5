namespace Moss.EventStore;

/// <summary>A position that only grows, and those who wait for it.</summary>
internal sealed class FeedSignal
{
    private readonly Lock gate = new();
    private TaskCompletionSource moved = Fresh();
    private long position;

    public long Position
    {
        get
        {
            lock (gate)
            {
                return position;
            }
        }
    }

    public void Reached(long newPosition)
    {
        lock (gate)
        {
            if (newPosition <= position)
            {
                return;
            }

            position = newPosition;
        }

        WakeAll();
    }

    /// <summary>Lets everyone look for himself, for when the position cannot be known.</summary>
    public void WakeAll()
    {
        TaskCompletionSource waited;
        lock (gate)
        {
            (waited, moved) = (moved, Fresh());
        }

        waited.SetResult();
    }

    /// <summary>Completes once the position is above <paramref name="after"/>, or at the next <see cref="WakeAll"/>.</summary>
    public Task WaitAsync(long after, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return position > after ? Task.CompletedTask : moved.Task.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
