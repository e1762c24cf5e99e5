using Moss.ModelProxy.Metering;

namespace Moss.ModelProxy.Calls;

/// <summary>Adds up the calls of one job, and knows when none is under way. Safe from several threads.</summary>
internal sealed class JobTally
{
    private readonly Lock turn = new();
    private ModelSpending spending = ModelSpending.Nothing;
    private TaskCompletionSource idle = Done();
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
    public void Add(TokenUse use, decimal dollars, bool priced)
    {
        lock (turn)
        {
            spending = new(
                spending.Dollars + dollars, spending.TokensIn + use.In, spending.TokensOut + use.Out, spending.Calls + 1, spending.Refused,
                spending.Estimated || use.Estimated || !priced, spending.Unpriced || !priced);
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
            }
        }
    }

    private sealed class Call(JobTally tally) : IDisposable
    {
        public void Dispose() => tally.Leave();
    }
}
