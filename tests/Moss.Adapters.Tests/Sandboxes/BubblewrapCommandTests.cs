using System.Collections.Immutable;
using System.Text;
using Moss.Processes;
using Moss.Sandboxes;
using Moss.Sandboxes.Processes;

namespace Moss.Adapters.Tests.Sandboxes;

public sealed class BubblewrapCommandTests
{
    private static readonly BubblewrapSetup Setup = new(
        "/usr/bin/bwrap",
        new Version(0, 8, 0),
        new HostTree(
            ["/usr"],
            ImmutableSortedDictionary<string, string>.Empty.Add("/bin", "usr/bin").Add("/lib", "usr/lib"),
            ["/etc/resolv.conf", "/etc/ssl/certs"],
            ["/proc/slabinfo"]),
        new PrivateEtc("/data/etc", "/data/nothing"));

    private static readonly SandboxSpec Spec = new(["python3", "main.py"])
    {
        Mounts =
        [
            new SandboxMount.ReadOnly("/data/source", "/moss/source"),
            new SandboxMount.Empty("/moss/source/scenarios"),
            new SandboxMount.Writable("/data/out", "/moss/out"),
        ],
        WorkingDirectory = "/moss/source",
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("MOSS_SEED", "1").Add("KEY", "a secret"),
        StandardInput = Encoding.UTF8.GetBytes("in"),
    };

    [Fact]
    public void The_command_without_a_control_group_is_the_approved_one() =>
        Lines(BubblewrapCommand.For(Spec, Setup, [])).ShouldBe("""
            /usr/bin/bwrap
            --unshare-user
            --unshare-pid
            --unshare-ipc
            --unshare-uts
            --unshare-cgroup-try
            --unshare-net
            --disable-userns
            --die-with-parent
            --new-session
            --clearenv
            --uid 1000
            --gid 1000
            --cap-drop ALL
            --hostname trial
            --ro-bind /usr /usr
            --symlink usr/bin /bin
            --symlink usr/lib /lib
            --ro-bind /data/etc /etc
            --proc /proc
            --remount-ro /proc
            --ro-bind /data/nothing /proc/slabinfo
            --dev /dev
            --size 268435456
            --tmpfs /dev/shm
            --remount-ro /dev
            --size 268435456
            --tmpfs /tmp
            --dir /tmp/home
            --ro-bind /data/source /moss/source
            --size 268435456
            --tmpfs /moss/source/scenarios
            --bind /data/out /moss/out
            --remount-ro /
            --chdir /moss/source
            --json-status-fd 3
            --args 4
            -- /usr/bin/prlimit
            --core=0
            --cpu=60:61
            --nofile=256
            --fsize=67108864
            --nproc=65
            --data=1073741824
            --as=4294967296
            -- python3 main.py
            """);

    [Fact]
    public void With_a_control_group_a_shell_enters_it_first_and_what_it_bounds_is_not_bounded_twice()
    {
        var invocation = BubblewrapCommand.For(Spec, Setup, ["/cg/pids/run/cgroup.procs", "/cg/memory/run/cgroup.procs"]);

        invocation.Program.ShouldBe("/bin/sh");
        invocation.Arguments.Take(8).ShouldBe(
        [
            "-c", """while [ "$1" != -- ]; do echo 0 > "$1" || exit 125; shift; done; shift; exec "$@" """.TrimEnd(),
            "enter", "/cg/pids/run/cgroup.procs", "/cg/memory/run/cgroup.procs", "--", "/usr/bin/bwrap", "--unshare-user",
        ]);
        invocation.Arguments.ShouldNotContain(argument => argument.StartsWith("--nproc", StringComparison.Ordinal));
        invocation.Arguments.ShouldNotContain(argument => argument.StartsWith("--as", StringComparison.Ordinal));
        invocation.Arguments.ShouldContain("--fsize=67108864");
    }

    [Fact]
    public void Variables_go_through_a_descriptor_neither_in_arguments_nor_in_bubblewrap_s_own_environment()
    {
        var invocation = BubblewrapCommand.For(Spec, Setup, []);

        invocation.Environment.ShouldBeEmpty();
        invocation.Arguments.ShouldNotContain(argument => argument.Contains("secret", StringComparison.Ordinal));
        Encoding.UTF8.GetString(invocation.PrivateInput.Span).Replace('\0', ' ').ShouldBe(
            "--setenv HOME /tmp/home --setenv KEY a secret --setenv LANG C.UTF-8 --setenv MOSS_SEED 1 --setenv PATH /usr/local/bin:/usr/bin:/bin --setenv TMPDIR /tmp ");
    }

    [Fact]
    public void The_host_s_network_comes_with_names_and_certificates_and_nothing_else_changes()
    {
        var without = Lines(BubblewrapCommand.For(Spec, Setup, [])).Split('\n');
        var with = Lines(BubblewrapCommand.For(Spec with { Network = SandboxNetwork.Host }, Setup, [])).Split('\n');

        without.Except(with).ShouldBe(["--unshare-net"]);
        with.Except(without).ShouldBe(["--ro-bind /etc/resolv.conf /etc/resolv.conf", "--ro-bind /etc/ssl/certs /etc/ssl/certs"]);
    }

    [Fact]
    public void The_network_is_named_after_our_own_hosts_file_so_that_the_host_s_one_covers_it()
    {
        var setup = Setup with { Host = Setup.Host with { NetworkFiles = ["/etc/hosts"] } };

        var lines = Lines(BubblewrapCommand.For(Spec with { Network = SandboxNetwork.Host }, setup, [])).Split('\n').ToList();

        lines.IndexOf("--ro-bind /etc/hosts /etc/hosts").ShouldBeGreaterThan(lines.IndexOf("--ro-bind /data/etc /etc"));
    }

    [Fact]
    public void Older_bubblewraps_are_not_asked_for_what_they_do_not_know()
    {
        var invocation = BubblewrapCommand.For(Spec, Setup with { Version = new Version(0, 6, 2) }, []);

        invocation.Arguments.ShouldNotContain("--size");
        invocation.Arguments.ShouldNotContain("--disable-userns");
    }

    [Fact]
    public void The_whole_of_it_is_killed_at_once_at_the_deadline()
    {
        var invocation = BubblewrapCommand.For(Spec with { Limits = new SandboxLimits { WallClock = TimeSpan.FromSeconds(7), OutputBytes = 9 } }, Setup, []);

        invocation.Timeout.ShouldBe(TimeSpan.FromSeconds(7));
        invocation.OutputLimit.ShouldBe(9);
        invocation.Kill.ShouldBe(KillPlan.AtOnce);
        invocation.Reports.ShouldBeTrue();
        invocation.StandardInput.ToArray().ShouldBe(Spec.StandardInput.ToArray());
    }

    /// <summary>An option a line, as a person would write the command.</summary>
    private static string Lines(ProcessInvocation invocation) =>
        string.Join(' ', invocation.Arguments.Prepend(invocation.Program)).Replace(" --", "\n--", StringComparison.Ordinal);
}
