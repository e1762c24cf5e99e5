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

        var output = Descriptors.Pipe(weRead: true);
        var error = Descriptors.Pipe(weRead: true);
        var report = When(invocation.Reports, weRead: true);
        var input = When(!invocation.StandardInput.IsEmpty, weRead: false);
        var secret = When(!invocation.PrivateInput.IsEmpty, weRead: false);

        using var spawn = new Spawn().In(invocation.WorkingDirectory);
        _ = input is { } feed ? spawn.Give(feed.Read, 0) : spawn.GiveNothing(0);
        spawn.Give(output.Write, 1).Give(error.Write, 2);
        _ = report is { } channel ? spawn.Give(channel.Write, 3) : spawn;
        _ = secret is { } second ? spawn.Give(second.Read, 4) : spawn;

        var (pid, problem) = spawn.Start(path, invocation);
        Close(output.Write, error.Write, report?.Write, input?.Read, secret?.Read);
        if (problem != 0)
        {
            Close(output.Read, error.Read, report?.Read, input?.Write, secret?.Write);
            return new StartOutcome.Refused(StartCheck.Refused(invocation, problem));
        }

        var child = new Child(pid, launcher);
        child.Attach(new ChildStreams(input?.Write, output.Read, error.Read, report?.Read, secret?.Write), invocation, set);
        ProcessLauncher.Watch(set, pid, child.HasExited);
        return new StartOutcome.Started(child);
    }

    private static (int Read, int Write)? When(bool wanted, bool weRead) => wanted ? Descriptors.Pipe(weRead) : null;

    private static void Close(params ReadOnlySpan<int?> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            if (descriptor is { } open)
            {
                _ = Libc.Close(open);
            }
        }
    }
}
