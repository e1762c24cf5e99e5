using Moss.ModelProxy.Metering;

namespace Moss.ModelProxy.Calls;

/// <summary>Adds up the calls of one job, and knows when none is under way. Safe from several threads.</summary>
internal sealed class JobTally(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Lock turn = new();
    private ModelSpending spending = ModelSpending.Nothing;
    private TaskCompletionSource idle = Done();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ModelOutage? outage;
    private long awaySince;
    private int running;

    public ModelSpending Spending
    {
        get
        {
            lock (turn)
            {
                return spending;
            }
        }
    }

    /// <summary>Why the call that ended last went without an answer; null when it was answered.</summary>
    public ModelOutage? Outage
    {
        get
        {
            lock (turn)
            {
                return outage;
            }
        }
    }

    /// <summary>Completes when no call is under way.</summary>
    public Task Idle
    {
        get
        {
            lock (turn)
            {
                return idle.Task;
            }
        }
    }

    /// <summary>A call is under way until the result is disposed.</summary>
    public IDisposable Enter()
    {
        lock (turn)
        {
            if (running++ == 0)
            {
                idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return new Call(this);
        }
    }

    /// <summary>A call has ended.</summary>
    public void Add(string model, TokenUse use, decimal dollars, bool priced)
    {
        lock (turn)
        {
            spending = new(
                spending.Dollars + dollars, spending.TokensIn + use.In, spending.TokensOut + use.Out, spending.Calls + 1, spending.Refused,
                spending.Estimated || use.Estimated || !priced, spending.Unpriced || !priced)
            {
                Model = ModelNames.Both(spending.Model, model),
            };
        }
    }

    /// <summary>A call was answered, or why not.</summary>
    public void Answered(ModelOutage? without)
    {
        lock (turn)
        {
            awaySince = outage is null ? time.GetTimestamp() : awaySince;
            outage = without;
            Change();
        }
    }

    /// <summary>Completes when no call has been answered for so long since the first that was not, and none is under way.</summary>
    public async Task WaitForOutageAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        while (Left(patience, out var next) is var left && left > TimeSpan.Zero)
        {
            await Task.WhenAny(next, Task.Delay(left, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A call was refused for want of money.</summary>
    public void Refused()
    {
        lock (turn)
        {
            spending = spending with { Refused = spending.Refused + 1 };
        }
    }

    private TimeSpan Left(TimeSpan patience, out Task next)
    {
        lock (turn)
        {
            next = changed.Task;
            return outage is null || running > 0 ? Longest : patience - time.GetElapsedTime(awaySince);
        }
    }

    private void Change()
    {
        var before = changed;
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        before.SetResult();
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private void Leave()
    {
        lock (turn)
        {
            if (--running == 0)
            {
                idle.SetResult();
                Change();
            }
        }
    }

    private sealed class Call(JobTally tally) : IDisposable
    {
        public void Dispose() => tally.Leave();
    }
}
