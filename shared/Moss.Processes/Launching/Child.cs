using Moss.Processes.Native;

namespace Moss.Processes.Launching;

/// <summary>A started program. Its pid stays reserved, even after it has ended, until it is released.</summary>
internal sealed class Child(int pid, ProcessLauncher launcher)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource<int> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IPolled> streams = [];
    private int open;
    private bool released;

    public int Pid => pid;

    /// <summary>The exit code of the program itself; others of its group may live on.</summary>
    public Task<int> Exited => exited.Task;

    /// <summary>Completes when nobody holds an output stream any more.</summary>
    public Task OutputEnded => outputEnded.Task;

    public OutputCapture? Output { get; private set; }

    public OutputCapture? Error { get; private set; }

    public OutputCapture? Report { get; private set; }

    /// <summary>Bytes that have come on both output streams so far.</summary>
    public long Seen => (Output?.Seen ?? 0) + (Error?.Seen ?? 0);

    /// <summary>Everything on the launcher's thread, before the first turn that could see it.</summary>
    public void Attach(ChildStreams ends, ProcessInvocation invocation, PollSet set)
    {
        open = ends.Report is null ? 2 : 3;
        Output = Capture(ends.Output);
        Error = Capture(ends.Error);
        Report = ends.Report is { } report ? Capture(report) : null;
        Feed(ends.Input, invocation.StandardInput);
        Feed(ends.PrivateInput, invocation.PrivateInput);

        streams.ForEach(set.Add);

        OutputCapture Capture(int descriptor)
        {
            var capture = new OutputCapture(descriptor, invocation.OutputLimit, StreamEnded);
            streams.Add(capture);
            return capture;
        }

        void Feed(int? descriptor, ReadOnlyMemory<byte> content)
        {
            if (descriptor is { } input)
            {
                streams.Add(new InputFeed(input, content));
            }
        }
    }

    public void HasExited() => exited.TrySetResult(ExitStatus.Peek(pid) ?? -1);

    /// <summary>Signals the whole group; nothing happens once the child is released.</summary>
    public void Signal(StopSignal signal)
    {
        lock (gate)
        {
            if (!released)
            {
                _ = Libc.Kill(-pid, (int)signal);
            }
        }
    }

    /// <summary>Kills what is left of the group, reaps the program and closes the streams. Only after <see cref="Exited"/>.</summary>
    public Task ReleaseAsync() => launcher.RunAsync(set =>
    {
        lock (gate)
        {
            // The zombie still owns the group's number, so this cannot hit a stranger.
            _ = Libc.Kill(-pid, (int)StopSignal.Kill);
            ExitStatus.Reap(pid);
            released = true;
        }

        streams.ForEach(set.Remove);
        return true;
    });

    private void StreamEnded()
    {
        if (--open == 0)
        {
            outputEnded.TrySetResult();
        }
    }
}

/// <summary>Our ends of a child's streams.</summary>
internal sealed record ChildStreams(int? Input, int Output, int Error, int? Report, int? PrivateInput);
