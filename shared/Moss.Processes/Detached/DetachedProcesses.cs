using Moss.Processes.Launching;
using Moss.Processes.Native;

namespace Moss.Processes;

/// <summary>Starts and stops services that go on running when this process ends, however it ends.</summary>
public sealed class DetachedProcesses(ProcessLauncher launcher, TimeProvider time)
{
    /// <summary>How often a group without its leader is looked at: nothing tells of the end of a process that is not one's child.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>How long KILL may take; only a process stuck in the kernel needs longer.</summary>
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Starts a service. What it prints goes straight to the log file, never through this process; its end, if it comes while
    /// this process lives, is collected, so that no zombie stays.
    /// </summary>
    public Task<DetachedStart> StartAsync(DetachedInvocation invocation) => launcher.RunAsync(set => Start(invocation, set));

    /// <summary>Completes when this process has ended; at once when it has already.</summary>
    public Task EndOfAsync(ProcessIdentity identity, CancellationToken cancellationToken) =>
        launcher.EndOfAsync(identity.Pid, () => ProcessTable.IsAlive(identity)).WaitAsync(cancellationToken);

    /// <summary>
    /// Stops a service and everything in its group: TERM, KILL after <paramref name="grace"/>. True when nothing of it is left;
    /// false when it could not be killed (stuck in the kernel, or another user's). Another process that has its pid by now
    /// is left alone.
    /// </summary>
    public async Task<bool> StopAsync(ProcessIdentity identity, TimeSpan grace, CancellationToken cancellationToken)
    {
        foreach (var step in KillPlan.After(grace).Steps)
        {
            if (!IsOurs(identity))
            {
                return true;
            }

            _ = Libc.Kill(-identity.Pid, (int)step.Signal);
            if (await GoneWithinAsync(identity, step.Signal == StopSignal.Kill ? KillLimit : step.Wait, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private static DetachedStart Start(DetachedInvocation invocation, PollSet set)
    {
        var program = new ProcessInvocation(invocation.Program, invocation.Arguments)
        {
            WorkingDirectory = invocation.WorkingDirectory,
            Environment = invocation.Environment,
        };
        var (path, refusal) = StartCheck.Check(program);
        if (path is null)
        {
            return new DetachedStart.NotStarted(refusal!);
        }

        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(invocation.LogFile))))
        {
            return new DetachedStart.NotStarted($"The folder of the log file '{invocation.LogFile}' does not exist.");
        }

        using var spawn = new Spawn().GiveNothing(0).GiveLog(Path.GetFullPath(invocation.LogFile)).In(invocation.WorkingDirectory);
        var (pid, problem) = spawn.Start(path, program);
        if (problem != 0)
        {
            return new DetachedStart.NotStarted(StartCheck.Refused(program, problem));
        }

        // Read before anything can collect it: also one that has ended already has a start time.
        var started = ProcessTable.ReadStat(pid).StartTicks ?? 0;
        ProcessLauncher.Watch(set, pid, () => ExitStatus.Reap(pid));
        return new DetachedStart.Started(new ProcessIdentity(pid, started, ProcessTable.Self.Boot));
    }

    /// <summary>Whether the leader runs, or the group goes on without it: no new process gets a pid that is still a group's number.</summary>
    private static bool IsOurs(ProcessIdentity identity) =>
        ProcessTable.IsAlive(identity)
        || (identity.Boot == ProcessTable.Self.Boot && ProcessTable.Identify(identity.Pid) is null && ProcessGroup.Exists(identity.Pid));

    private async Task<bool> GoneWithinAsync(ProcessIdentity identity, TimeSpan wait, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (IsOurs(identity))
        {
            if (time.GetElapsedTime(began) >= wait)
            {
                return false;
            }

            await Task.Delay(Look, time, cancellationToken);
        }

        return true;
    }
}
