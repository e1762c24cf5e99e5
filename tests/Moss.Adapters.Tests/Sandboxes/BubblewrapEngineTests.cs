using Moss.Processes;
using Moss.Sandboxes;
using Moss.Sandboxes.Processes;

namespace Moss.Adapters.Tests.Sandboxes;

/// <summary>The process engine as whoever runs the tests, with the best ceilings of this machine.</summary>
public sealed class BubblewrapEngineTests : SandboxConformance
{
    private readonly SandboxFolders folders;
    private readonly ProcessRunner runner = new(ProcessLauncher.Shared, TimeProvider.System);

    public BubblewrapEngineTests()
    {
        folders = new SandboxFolders(Folder.Combine("sandboxes"));
        Engine = Make(new BubblewrapOptions());
    }

    protected override ISandboxEngine Engine { get; }

    [Fact]
    public void It_has_the_name_that_configuration_uses() => Engine.Name.ShouldBe("process");

    [Fact]
    public async Task Without_bubblewrap_nothing_runs_and_the_reason_says_what_to_install()
    {
        var result = await Make(new BubblewrapOptions { Program = "bwrap-is-not-here" }).RunAsync(Shell("true"), CancellationToken.None);

        result.ShouldBeOfType<SandboxResult.Unavailable>().Reason.ShouldContain("apt-get install bubblewrap");
    }

    [Fact]
    public async Task Where_bubblewrap_may_not_do_its_work_the_reason_says_how_to_let_it()
    {
        var powerless = Folder.Write("bwrap", "#!/bin/sh\n[ \"$1\" = --version ] && echo bubblewrap 0.8.0 && exit 0\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n");
        File.SetUnixFileMode(powerless, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var result = await Make(new BubblewrapOptions { Program = powerless }).RunAsync(Shell("true"), CancellationToken.None);

        var reason = result.ShouldBeOfType<SandboxResult.Unavailable>().Reason;
        reason.ShouldContain("No permissions to create new namespace");
        reason.ShouldContain("sysctl -w kernel.unprivileged_userns_clone=1");
    }

    [Fact]
    public async Task A_bubblewrap_that_is_too_old_is_named()
    {
        var old = Folder.Write("bwrap", "#!/bin/sh\necho bubblewrap 0.3.1\n");
        File.SetUnixFileMode(old, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        (await Make(new BubblewrapOptions { Program = old }).RunAsync(Shell("true"), CancellationToken.None))
            .ShouldBeOfType<SandboxResult.Unavailable>().Reason.ShouldContain("bubblewrap 0.3.1");
    }

    [Fact]
    public async Task No_control_group_is_left_after_a_run()
    {
        await OutputAsync(Shell("true"));

        Moss.Sandboxes.Ceilings.MachineCeilings.Roots().SelectMany(root => Directory.EnumerateDirectories(root, $"moss-run-*-{ProcessTable.Self}*"))
            .Where(folder => !File.ReadLines(Path.Combine(folder, "cgroup.procs")).Any())
            .Count().ShouldBeLessThan(24, "other tests of this process may be running, but nothing piles up");
    }

    protected override void Dispose(bool disposing)
    {
        folders.Dispose();
        base.Dispose(disposing);
    }

    private BubblewrapEngine Make(BubblewrapOptions options) =>
        new(runner, ProcessLauncher.Shared, new BubblewrapProbe(runner, folders, options, TimeProvider.System), TimeProvider.System);
}
