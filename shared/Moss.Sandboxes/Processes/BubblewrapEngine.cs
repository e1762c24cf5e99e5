using Moss.Processes;
using Moss.Sandboxes.Ceilings;
using Moss.Sandboxes.Checks;

namespace Moss.Sandboxes.Processes;

/// <summary>The process engine: bubblewrap and its namespaces, for one machine.</summary>
internal sealed class BubblewrapEngine(IProcessRunner runner, ProcessLauncher launcher, BubblewrapProbe probe, TimeProvider time) : ISandboxEngine
{
    private const int CeilingNotEntered = 125;
    private const int Signalled = 128;
    private const int Killed = Signalled + 9;

    /// <summary>How long the kernel may take to clear a killed namespace away.</summary>
    private static readonly TimeSpan ClearingLimit = TimeSpan.FromSeconds(10);

    public string Name => "process";

    public async Task<SandboxResult> RunAsync(SandboxSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SpecCheck.Problem(spec) is { } problem)
        {
            return new SandboxResult.Unavailable(problem);
        }

        if (!spec.WorkingDirectory.StartsWith('/'))
        {
            return new SandboxResult.Unavailable($"workingDirectory: '{spec.WorkingDirectory}' is relative to an image, and the process engine runs none.");
        }

        if (await probe.CheckAsync(cancellationToken) is not BubblewrapState.Ready ready)
        {
            return new SandboxResult.Unavailable(probe.Last.Message);
        }

        var (mounts, refusal) = MountCheck.Resolve(spec.Mounts, ready.Setup.Etc.Nothing);
        return refusal is null
            ? await RunAsync(spec with { Mounts = mounts }, ready, cancellationToken)
            : new SandboxResult.Unavailable(refusal);
    }

    private async Task<SandboxResult> RunAsync(SandboxSpec spec, BubblewrapState.Ready ready, CancellationToken cancellationToken)
    {
        ICeiling opened;
        try
        {
            opened = ready.Ceilings.Open(spec.Limits);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new SandboxResult.Unavailable($"The control group of the run could not be made: {exception.Message}");
        }

        await using var ceiling = opened;
        var result = await runner.RunAsync(BubblewrapCommand.For(spec, ready.Setup, ceiling.Entries), cancellationToken);
        var status = BubblewrapStatus.Parse(result.Report);
        await NamespaceIsGoneAsync(status);
        return Read(result, status) with
        {
            Output = result.Output,
            Error = result.Error,
            Truncated = result.Truncated,
            Duration = result.Duration,
        };
    }

    private static SandboxResult Read(ProcessResult result, BubblewrapStatus status) => result switch
    {
        ProcessResult.TimedOut late => new SandboxResult.TimedOut { Idle = late.Idle },
        ProcessResult.NotStarted refused => new SandboxResult.Unavailable(refused.Reason),
        ProcessResult.Exited when status.ExitCode is { } code => new SandboxResult.Exited(code),
        // The kernel ended bubblewrap itself, for the memory of what ran in it.
        ProcessResult.Exited { Code: > Signalled } => new SandboxResult.Exited(Killed),
        ProcessResult.Exited { Code: CeilingNotEntered } => new SandboxResult.Unavailable($"The control group of the run could not be entered: {result.Error.Trim()}"),
        ProcessResult.Exited => new SandboxResult.Unavailable($"The sandbox could not be made: {result.Error.Trim()}"),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    /// <summary>
    /// bubblewrap ends a moment before the kernel has killed what the command left running. The first process inside ends
    /// last of all, and its pid stays in use until then.
    /// </summary>
    private async Task NamespaceIsGoneAsync(BubblewrapStatus status)
    {
        if (status is not { FirstProcess: { } pid, PidNamespace: { } number } || !IsIn(pid, number))
        {
            return;
        }

        try
        {
            await launcher.EndOfAsync(pid, () => IsIn(pid, number)).WaitAsync(ClearingLimit, time);
        }
        catch (TimeoutException)
        {
            // Killed, but stuck in the kernel: it can do nothing any more.
        }
    }

    private static bool IsIn(int pid, long pidNamespace)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/ns/pid").LinkTarget == $"pid:[{pidNamespace}]";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
