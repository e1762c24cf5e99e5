using Moss.Processes.Native;

namespace Moss.Processes.Launching;

/// <summary>Makes the pipes of a program and starts it. Runs on the launcher's thread.</summary>
internal static class Starter
{
    public static StartOutcome Start(ProcessLauncher launcher, ProcessInvocation invocation, PollSet set)
    {
        var (path, refusal) = StartCheck.Check(invocation);
        if (path is null)
        {
            return new StartOutcome.Refused(refusal!);
        }

        var pipes = new Pipes();
        try
        {
            var outcome = Start(launcher, path, invocation, pipes, set);
            if (outcome is StartOutcome.Refused)
            {
                pipes.CloseAll();
            }

            return outcome;
        }
        catch
        {
            // No descriptors left, for one.
            pipes.CloseAll();
            throw;
        }
    }

    private static StartOutcome Start(ProcessLauncher launcher, string path, ProcessInvocation invocation, Pipes pipes, PollSet set)
    {
        using var spawn = new Spawn().In(invocation.WorkingDirectory);
        var input = Feed(invocation.StandardInput, 0, pipes, spawn);
        var output = Read(1, pipes, spawn);
        var error = Read(2, pipes, spawn);
        var report = invocation.Reports ? Read(3, pipes, spawn) : (int?)null;
        var secret = Feed(invocation.PrivateInput, 4, pipes, spawn);
        if (input is null)
        {
            spawn.GiveNothing(0);
        }

        var (pid, problem) = spawn.Start(path, invocation);
        pipes.CloseTheirs();
        if (problem != 0)
        {
            return new StartOutcome.Refused(StartCheck.Refused(invocation, problem));
        }

        var child = new Child(pid, launcher);
        try
        {
            ProcessLauncher.Watch(set, pid, child.HasExited);
        }
        catch
        {
            // What cannot be watched must not run.
            _ = Libc.Kill(-pid, (int)StopSignal.Kill);
            throw;
        }

        child.Attach(new ChildStreams(input, output, error, report, secret), invocation, set);
        return new StartOutcome.Started(child);
    }

    private static int Read(int target, Pipes pipes, Spawn spawn)
    {
        var (ours, theirs) = pipes.ToRead();
        spawn.Give(theirs, target);
        return ours;
    }

    private static int? Feed(ReadOnlyMemory<byte> content, int target, Pipes pipes, Spawn spawn)
    {
        if (content.IsEmpty)
        {
            return null;
        }

        var (ours, theirs) = pipes.ToWrite();
        spawn.Give(theirs, target);
        return ours;
    }
}
