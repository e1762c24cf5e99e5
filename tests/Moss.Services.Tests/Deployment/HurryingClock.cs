namespace Moss.Services.Tests.Deployment;

/// <summary>A clock in which nobody waits: whoever sets a timer finds that its time has come. Asking for the time takes a millisecond.</summary>
internal sealed class HurryingClock : TimeProvider
{
    private long ticks = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero).Ticks;

    private long elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time that no person sets: it moves with timers and when a test says so.</summary>
    public override long GetTimestamp() => Interlocked.Read(ref elapsed);

    /// <summary>Time passes.</summary>
    public void Pass(TimeSpan time)
    {
        Interlocked.Add(ref elapsed, time.Ticks);
        Interlocked.Add(ref ticks, time.Ticks);
    }

    /// <summary>Somebody sets the clock; no time passes.</summary>
    public void Set(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Add(ref ticks, TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HurriedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class HurriedTimer(HurryingClock clock, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock.Pass(dueTime);
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }

            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
