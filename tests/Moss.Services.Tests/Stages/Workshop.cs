using System.Collections.Concurrent;
using Moss.Contracts;
using Moss.Contracts.Trials;

namespace Moss.Services.Tests.Stages;

/// <summary>Work that a test holds, lets go or breaks.</summary>
internal sealed class Workshop
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> waiting = new();
    private readonly SemaphoreSlim started = new(0);
    private TaskCompletionSource? held;
    private bool windsUp;
    private Exception? broken;
    private int runs;

    public int Runs => Volatile.Read(ref runs);

    /// <summary>Work waits until it is released; with <paramref name="windUp"/> even when it is cancelled.</summary>
    public void Hold(bool windUp = false) => (held, windsUp) = (new(TaskCreationOptions.RunContinuationsAsynchronously), windUp);

    public void Release() => held!.SetResult();

    public void Break(Exception? with) => broken = with;

    public async Task StartedAsync(int times)
    {
        for (var time = 0; time < times; time++)
        {
            (await started.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBeTrue();
        }
    }

    public Task DoneWith(Guid message) =>
        waiting.GetOrAdd(message, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Finish(Guid message) => waiting[message].TrySetResult();

    public async Task<object> WorkAsync(StageReference stage, CancellationToken cancellationToken)
    {
        var run = Interlocked.Increment(ref runs);
        started.Release();
        if (held is { } hold)
        {
            await (windsUp ? hold.Task : hold.Task.WaitAsync(cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return broken is null ? new CandidateBuilt(stage, $"tree-{run}", 1) : throw broken;
    }
}
