using System.Text.RegularExpressions;
using Moss.Processes;
using Moss.Sandboxes.Ceilings;

namespace Moss.Sandboxes.Processes;

/// <summary>Finds out, by making one, whether sandboxes can be made here. What works is remembered; what does not is tried again.</summary>
internal sealed partial class BubblewrapProbe(
    IProcessRunner runner, SandboxFolders folders, BubblewrapOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Version Oldest = new(0, 5);

    private readonly SemaphoreSlim one = new(1);
    private BubblewrapState last = new BubblewrapState.Missing();

    /// <summary>What the latest check found.</summary>
    public BubblewrapState Last => Volatile.Read(ref last);

    public async Task<BubblewrapState> CheckAsync(CancellationToken cancellationToken)
    {
        if (Last is BubblewrapState.Ready)
        {
            return Last;
        }

        await one.WaitAsync(cancellationToken);
        try
        {
            if (Last is not BubblewrapState.Ready)
            {
                Volatile.Write(ref last, await LookAsync(cancellationToken));
            }

            return Last;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<BubblewrapState> LookAsync(CancellationToken cancellationToken)
    {
        if (ProgramPath.Find(options.Program, ProgramPath.Inherited) is not { } program)
        {
            return new BubblewrapState.Missing();
        }

        var asked = await runner.RunAsync(new ProcessInvocation(program, ["--version"]) { Timeout = Patience }, cancellationToken);
        if (asked is not ProcessResult.Exited { Code: 0 })
        {
            return new BubblewrapState.Missing();
        }

        if (VersionNumber().Match(asked.Output) is not { Success: true } found || !Version.TryParse(found.Value, out var version) || version < Oldest)
        {
            return new BubblewrapState.Outdated(asked.Output.Trim());
        }

        var host = HostTree.Read();
        var setup = new BubblewrapSetup(program, version, host, PrivateEtc.WriteTo(folders.Own("system"), host.NetworkFiles));
        var ceilings = options.Ceilings ?? await MachineCeilings.FindAsync(time);
        if (!ceilings.BoundTheWhole && Environment.IsPrivilegedProcess && !options.AllowUnlimitedProcesses)
        {
            return new BubblewrapState.Unbounded();
        }

        return await TryAsync(new BubblewrapState.Ready(setup, ceilings), cancellationToken);
    }

    private async Task<BubblewrapState> TryAsync(BubblewrapState.Ready ready, CancellationToken cancellationToken)
    {
        var trivial = new SandboxSpec(["/bin/true"]) { Limits = new SandboxLimits { WallClock = Patience } };
        await using var ceiling = ready.Ceilings.Open(trivial.Limits);
        var result = await runner.RunAsync(BubblewrapCommand.For(trivial, ready.Setup, ceiling.Entries), cancellationToken);
        return result is ProcessResult.Exited { Code: 0 } ? ready : new BubblewrapState.NotPermitted(result.Error.Trim());
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex VersionNumber();
}
