using Moss.Processes;
using Moss.Sandboxes;
using Moss.Sandboxes.Ceilings;
using Moss.Sandboxes.Processes;

namespace Moss.Adapters.Tests.Sandboxes;

/// <summary>The process engine as whoever runs the tests, with the best ceilings of this machine.</summary>
public sealed class BubblewrapEngineTests : BubblewrapConformance
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
    public async Task Root_without_control_groups_is_refused_because_nothing_would_count_its_processes()
    {
        var spec = Shell("true");
        var result = await Make(new BubblewrapOptions { Ceilings = new ProcessLimitsOnly() }).RunAsync(spec, CancellationToken.None);

        if (!Environment.IsPrivilegedProcess)
        {
            result.ShouldBeOfType<SandboxResult.Exited>();
            return;
        }

        result.ShouldBeOfType<SandboxResult.Unavailable>().Reason.ShouldContain("Run Moss as an ordinary user");
        (await Make(new BubblewrapOptions { Ceilings = new ProcessLimitsOnly(), AllowUnlimitedProcesses = true }).RunAsync(spec, CancellationToken.None))
            .ShouldBeOfType<SandboxResult.Exited>();
    }

    [Fact]
    public async Task With_a_control_group_many_small_processes_may_not_eat_what_one_large_one_may_not()
    {
        if ((await MachineCeilings.FindAsync(TimeProvider.System)) is { BoundTheWhole: false })
        {
            return;
        }

        var spec = Python("""
            import os, time
            for _ in range(16):
                if os.fork() == 0:
                    kept = bytearray(20_000_000); time.sleep(1); os._exit(0)
            print(sum(1 for _ in range(16) if os.wait()[1] == 0))
            """);

        var result = await Engine.RunAsync(spec with { Limits = spec.Limits with { MemoryBytes = 100 << 20 } }, CancellationToken.None);

        // The kernel chooses whom to kill: a few of the children, or the parent.
        var survivors = result.ShouldBeOfType<SandboxResult.Exited>() is { Code: 0 } all ? int.Parse(all.Output, System.Globalization.CultureInfo.InvariantCulture) : 0;
        survivors.ShouldBeLessThan(16);
    }

    [Fact]
    public async Task The_control_group_of_a_run_is_gone_with_it()
    {
        var ceilings = await MachineCeilings.FindAsync(TimeProvider.System);
        var ceiling = ceilings.Open(new SandboxLimits());
        var folders = ceiling.Entries.Select(Path.GetDirectoryName).ToList();
        folders.ShouldAllBe(folder => Directory.Exists(folder));

        var result = await runner.RunAsync(
            new ProcessInvocation("/bin/sh", ["-c", "for entry; do echo 0 > $entry; done; setsid sleep 1000 > /dev/null 2>&1 &", "sh", .. ceiling.Entries])
            {
                Environment = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("MOSS_TEST_MARK", Mark).Add("PATH", ProgramPath.Inherited),
            },
            CancellationToken.None);
        result.ShouldBeOfType<ProcessResult.Exited>(result.Error);
        await ceiling.DisposeAsync();

        folders.ShouldAllBe(folder => !Directory.Exists(folder));
        if (ceilings.BoundTheWhole)
        {
            Left().ShouldBeEmpty("who is still in the group is killed");
        }

        Left().ToList().ForEach(left => ProcessTable.Kill(left.Pid));
    }

    protected override void Dispose(bool disposing)
    {
        folders.Dispose();
        base.Dispose(disposing);
    }

    private BubblewrapEngine Make(BubblewrapOptions options) =>
        new(runner, ProcessLauncher.Shared, new BubblewrapProbe(runner, folders, options, TimeProvider.System), TimeProvider.System);
}
