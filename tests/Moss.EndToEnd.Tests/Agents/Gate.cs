namespace Moss.EndToEnd.Tests.Agents;

/// <summary>A service waits here before it serves.</summary>
internal sealed class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once somebody waits.</summary>
    public Task ReachedAsync() => reached.Task.WaitAsync(Patience);

    /// <summary>Lets everyone through, now and later.</summary>
    public void Open() => opened.TrySetResult();

    public Task PassAsync()
    {
        reached.TrySetResult();
        return opened.Task;
    }
}
