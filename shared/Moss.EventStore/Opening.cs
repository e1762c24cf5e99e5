namespace Moss.EventStore;

/// <summary>Runs an opening step once, before the first use; a failed one is tried again at the next use.</summary>
internal sealed class Opening(Func<CancellationToken, Task> open) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile bool opened;

    public bool IsDone => opened;

    public ValueTask EnsureAsync(CancellationToken cancellationToken) =>
        opened ? ValueTask.CompletedTask : new ValueTask(OpenAsync(cancellationToken));

    public void Dispose() => gate.Dispose();

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!opened)
            {
                await open(cancellationToken);
                opened = true;
            }
        }
        finally
        {
            gate.Release();
        }
    }
}
