using Moss.Processes.Launching;

namespace Moss.Processes;

/// <summary>Runs programs on this machine, each as the leader of a session and a group of its own.</summary>
public sealed class ProcessRunner(ProcessLauncher launcher, TimeProvider time) : IProcessRunner
{
    /// <summary>How long the last output of a program that has ended may take when somebody else still holds its streams.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    /// <summary>How long the rest of a killed group may take to be gone; only a process stuck in the kernel needs longer.</summary>
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait that timers take; a longer timeout counts as this (about 24 days).</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue - 1);

    /// <inheritdoc/>
    public async Task<ProcessResult> RunAsync(ProcessInvocation invocation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var began = time.GetTimestamp();
        return await launcher.StartAsync(invocation) switch
        {
            StartOutcome.Started started => await WatchAsync(started.Child, invocation, began, cancellationToken),
            StartOutcome.Refused refused => new ProcessResult.NotStarted(refused.Reason) { Duration = time.GetElapsedTime(began) },
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        };
    }

    private async Task<ProcessResult> WatchAsync(Child child, ProcessInvocation invocation, long began, CancellationToken cancellationToken)
    {
        var ending = await WaitAsync(child, invocation, began, cancellationToken);
        if (ending is not Ending.ByItself)
        {
            await StopAsync(child, invocation.Kill);
        }

        var code = await child.Exited;
        await EndsWithinAsync(child.OutputEnded, Drain, CancellationToken.None);
        await child.ReleaseAsync();
        await ProcessGroup.GoneWithinAsync(child.Pid, KillLimit, time);
        if (ending is not Ending.ByItself)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        ProcessResult result = ending is Ending.ByItself ? new ProcessResult.Exited(code) : new ProcessResult.TimedOut { Idle = ending is Ending.Silent };
        return result with
        {
            Output = child.Output!.Text,
            Error = child.Error!.Text,
            Report = child.Report?.Text ?? "",
            Truncated = child.Output.Truncated || child.Error.Truncated,
            Duration = time.GetElapsedTime(began),
        };
    }

    /// <summary>Waits until the program ends, its time is up, it has been silent for too long, or nobody waits for it.</summary>
    private async Task<Ending> WaitAsync(Child child, ProcessInvocation invocation, long began, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromTicks(Math.Clamp(invocation.Timeout.Ticks, 0, Longest.Ticks));
        var idle = invocation.IdleTimeout ?? Longest;
        var (seen, since) = (0L, began);
        while (true)
        {
            var left = timeout - time.GetElapsedTime(began);
            var look = TimeSpan.FromTicks(Math.Clamp(Math.Min(left.Ticks, idle.Ticks / 4), 0, Longest.Ticks));
            if (await EndsWithinAsync(child.Exited, look, cancellationToken))
            {
                return Ending.ByItself;
            }

            if (cancellationToken.IsCancellationRequested || time.GetElapsedTime(began) >= timeout)
            {
                return Ending.Late;
            }

            var now = child.Seen;
            (seen, since) = now == seen ? (seen, since) : (now, time.GetTimestamp());
            if (time.GetElapsedTime(since) >= idle)
            {
                return Ending.Silent;
            }
        }
    }

    private async Task StopAsync(Child child, KillPlan plan)
    {
        foreach (var step in plan.Steps)
        {
            child.Signal(step.Signal);
            if (await EndsWithinAsync(child.Exited, step.Wait, CancellationToken.None))
            {
                return;
            }
        }
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(wait, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private enum Ending
    {
        ByItself,
        Late,
        Silent,
    }
}
