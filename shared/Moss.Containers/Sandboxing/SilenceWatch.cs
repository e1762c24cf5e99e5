namespace Moss.Containers.Sandboxing;

/// <summary>Notices when nothing has been heard for too long.</summary>
internal sealed class SilenceWatch(TimeSpan? longest, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource over = new(Timeout.InfiniteTimeSpan, time);
    private volatile bool started;

    /// <summary>From now on. The token is cancelled when it has been silent for too long.</summary>
    public CancellationToken Start()
    {
        started = true;
        Heard();
        return over.Token;
    }

    /// <summary>There was a sound.</summary>
    public void Heard()
    {
        if (started && longest is { } limit)
        {
            over.CancelAfter(limit);
        }
    }

    public void Dispose() => over.Dispose();
}
