namespace Moss.EventStore.Appending;

/// <summary>Something that callers wait for and the one writer does.</summary>
internal interface IWriteJob
{
    /// <summary>True for one caller only: the writer that runs it, or the cancellation that drops it.</summary>
    bool Take();

    /// <summary>Tells the caller; called once what ran is durable.</summary>
    void Complete();

    void Fail(Exception reason);
}

/// <summary>A job with a result. It may run twice when the first transaction came to nothing.</summary>
internal abstract class WriteJob<T> : IWriteJob
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int taken;

    /// <summary>What the caller is told; set while the job runs.</summary>
    protected T? Result { get; set; }

    /// <summary>Ends with the result. A cancelled token drops the job as long as the writer has not taken it.</summary>
    public async Task<T> DoneAsync(CancellationToken cancellationToken)
    {
        await using var cancelled = cancellationToken.Register(() =>
        {
            if (Take())
            {
                done.TrySetCanceled(cancellationToken);
            }
        });
        return await done.Task;
    }

    public bool Take() => Interlocked.Exchange(ref taken, 1) == 0;

    public void Complete() => done.TrySetResult(Result!);

    public void Fail(Exception reason) => done.TrySetException(reason);
}
