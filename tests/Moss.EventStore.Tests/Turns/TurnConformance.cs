using System.Diagnostics;
using Moss.EventStore.Turns;

namespace Moss.EventStore.Tests.Turns;

/// <summary>What turns promise, whatever keeps them.</summary>
public abstract class TurnConformance
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected abstract ITurns Turns { get; }

    /// <summary>As another process sees them, where there may be one.</summary>
    protected abstract ITurns Others { get; }

    [Fact]
    public async Task A_turn_that_is_held_is_given_to_nobody_else()
    {
        await using var held = await Turns.TakeAsync("dispatcher", CancellationToken.None).WaitAsync(Patience);
        using var impatience = new CancellationTokenSource();

        var waiting = Others.TakeAsync("dispatcher", impatience.Token);
        await using (await Others.TakeAsync("deadlines", CancellationToken.None).WaitAsync(Patience))
        {
            waiting.IsCompleted.ShouldBeFalse();
        }

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
        held.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task A_turn_that_is_given_back_goes_to_who_waits()
    {
        var held = await Turns.TakeAsync("dispatcher", CancellationToken.None).WaitAsync(Patience);
        var waiting = Others.TakeAsync("dispatcher", CancellationToken.None);

        await held.DisposeAsync();

        await using var next = await waiting.WaitAsync(Patience);
        next.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Of_many_one_at_a_time_works()
    {
        var working = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(index => (index % 2 == 0 ? Turns : Others).RunAsync(
            "work",
            async stopping =>
            {
                most = Math.Max(most, Interlocked.Increment(ref working));
                await Task.Yield();
                stopping.ThrowIfCancellationRequested();
                Interlocked.Decrement(ref working);
            },
            CancellationToken.None))).WaitAsync(Patience);

        most.ShouldBe(1);
    }

    [Fact]
    public async Task Who_is_told_to_stop_while_it_waits_or_works_ends_without_a_word()
    {
        using var stop = new CancellationTokenSource();
        var works = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var worker = Turns.RunAsync(
            "work",
            async stopping =>
            {
                works.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
            },
            stop.Token);
        await works.Task.WaitAsync(Patience);
        var waiter = Others.RunAsync("work", _ => throw new UnreachableException(), stop.Token);

        await stop.CancelAsync();

        await Task.WhenAll(worker, waiter).WaitAsync(Patience);
    }
}

public sealed class LocalTurnsTests : TurnConformance
{
    protected override ITurns Turns { get; } = new LocalTurns();

    protected override ITurns Others => Turns;
}
