using Moss.Processes;
using Moss.Sandboxes;
using Moss.Sandboxes.Ceilings;
using Moss.Sandboxes.Processes;

namespace Moss.Adapters.Tests.Sandboxes;

/// <summary>
/// The process engine as a user without any power, where no control group can be made: the limits of each process must do.
/// When the tests themselves run as such a user this repeats <see cref="BubblewrapEngineTests"/> with those limits.
/// </summary>
public sealed class BubblewrapAsOrdinaryUserTests : BubblewrapConformance
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private readonly SandboxFolders folders;

    public BubblewrapAsOrdinaryUserTests()
    {
        Open(Folder.Path);
        folders = new SandboxFolders(Folder.Combine("sandboxes"));
        var runner = new AsOrdinaryUser(new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System));
        var options = new BubblewrapOptions { Ceilings = new ProcessLimitsOnly(), AllowUnlimitedProcesses = true };
        Engine = new BubblewrapEngine(runner, ProcessLauncher.Shared, new BubblewrapProbe(runner, folders, options, TimeProvider.System), TimeProvider.System);
        Open(Directory.EnumerateDirectories(folders.Root).ShouldHaveSingleItem());
    }

    protected override ISandboxEngine Engine { get; }

    protected override string HostFolder(string name) => Open(base.HostFolder(name));

    protected override void Dispose(bool disposing)
    {
        folders.Dispose();
        base.Dispose(disposing);
    }

    private static string Open(string folder)
    {
        File.SetUnixFileMode(folder, Everybody);
        return folder;
    }

    /// <summary>Starts everything as a user that exists nowhere; as it is when nobody may become another user.</summary>
    private sealed class AsOrdinaryUser(IProcessRunner runner) : IProcessRunner
    {
        public Task<ProcessResult> RunAsync(ProcessInvocation invocation, CancellationToken cancellationToken) =>
            runner.RunAsync(
                Environment.IsPrivilegedProcess
                    ? invocation with
                    {
                        Program = "/usr/bin/setpriv",
                        Arguments = ["--reuid=23456", "--regid=23456", "--clear-groups", "--", invocation.Program, .. invocation.Arguments],
                    }
                    : invocation,
                cancellationToken);
    }
}
