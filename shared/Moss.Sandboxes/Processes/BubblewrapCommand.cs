using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Moss.Processes;
using Moss.Sandboxes.Ceilings;

namespace Moss.Sandboxes.Processes;

/// <summary>Says how bubblewrap is to be called for a run. Pure: the same input gives the same command.</summary>
internal static class BubblewrapCommand
{
    /// <summary>
    /// Comes under the ceiling before it becomes bubblewrap, so that nothing of the run is ever outside of it. 125 says that
    /// the ceiling could not be entered.
    /// </summary>
    private const string EnterScript = """while [ "$1" != -- ]; do echo 0 > "$1" || exit 125; shift; done; shift; exec "$@" """;

    private static readonly ImmutableSortedDictionary<string, string> Defaults = new Dictionary<string, string>
    {
        ["HOME"] = "/tmp/home",
        ["LANG"] = "C.UTF-8",
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["TMPDIR"] = "/tmp",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The invocation for one run.</summary>
    /// <param name="spec">The run, checked, with mounts as <see cref="Checks.MountCheck"/> resolved them.</param>
    /// <param name="setup">This machine.</param>
    /// <param name="entries">The files by which the run's ceiling is entered; empty when there is none.</param>
    public static ProcessInvocation For(SandboxSpec spec, BubblewrapSetup setup, ImmutableArray<string> entries)
    {
        ImmutableArray<string> arguments =
        [
            .. Namespaces(spec, setup),
            .. SystemTree(spec, setup),
            .. Memory(spec, setup, "/tmp"),
            "--dir", "/tmp/home",
            .. spec.Mounts.SelectMany(mount => Mount(mount, spec, setup)),
            "--remount-ro", "/",
            "--chdir", spec.WorkingDirectory,
            "--json-status-fd", "3",
            "--args", "4",
            "--",
            .. ResourceLimits.Prefix(spec.Limits, wholeIsBound: !entries.IsEmpty),
            .. spec.Command,
        ];

        var invocation = entries.IsEmpty
            ? new ProcessInvocation(setup.Program, arguments)
            : new ProcessInvocation("/bin/sh", ["-c", EnterScript.TrimEnd(), "enter", .. entries, "--", setup.Program, .. arguments]);
        return invocation with
        {
            WorkingDirectory = "/",
            StandardInput = spec.StandardInput,
            PrivateInput = Environment(spec),
            Reports = true,
            Timeout = spec.Limits.WallClock,
            IdleTimeout = spec.Limits.Idle,
            Kill = KillPlan.AtOnce,
            OutputLimit = spec.Limits.OutputBytes,
        };
    }

    private static IEnumerable<string> Namespaces(SandboxSpec spec, BubblewrapSetup setup) =>
    [
        "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
        .. spec.Network == SandboxNetwork.Host ? (string[])[] : ["--unshare-net"],
        .. setup.KnowsDisableUserNamespaces ? (string[])["--disable-userns"] : [],
        "--die-with-parent", "--new-session", "--clearenv",
        "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL", "--hostname", "trial",
    ];

    private static IEnumerable<string> SystemTree(SandboxSpec spec, BubblewrapSetup setup)
    {
        var online = spec.Network == SandboxNetwork.Host;
        return
        [
            .. setup.Host.Folders.SelectMany(folder => (string[])["--ro-bind", folder, folder]),
            .. setup.Host.Links.SelectMany(link => (string[])["--symlink", link.Value, link.Key]),
            "--ro-bind", setup.Etc.Folder, "/etc",
            .. online ? setup.Host.NetworkFiles.SelectMany(file => (string[])["--ro-bind", file, file]) : [],
            // Where Moss is root, its user may write the kernel's settings, capabilities or not, and bubblewrap does not notice.
            "--proc", "/proc", "--remount-ro", "/proc",
            .. setup.Host.Hidden.SelectMany(file => (string[])["--ro-bind", setup.Etc.Nothing, file]),
            "--dev", "/dev", .. Memory(spec, setup, "/dev/shm"), "--remount-ro", "/dev",
        ];
    }

    private static string[] Mount(SandboxMount mount, SandboxSpec spec, BubblewrapSetup setup) => mount switch
    {
        SandboxMount.ReadOnly file => ["--ro-bind", file.Source, file.Target],
        SandboxMount.Writable file => ["--bind", file.Source, file.Target],
        SandboxMount.Empty => Memory(spec, setup, mount.Target),
        _ => throw new InvalidOperationException($"Unknown mount {mount}."),
    };

    private static string[] Memory(SandboxSpec spec, BubblewrapSetup setup, string target) => setup.KnowsSize
        ? ["--size", spec.Limits.TemporaryBytes.ToString(CultureInfo.InvariantCulture), "--tmpfs", target]
        : ["--tmpfs", target];

    /// <summary>
    /// Not in bubblewrap's own environment, where the loader would obey it outside the sandbox, and not in its arguments, which
    /// every user of the machine can read.
    /// </summary>
    private static ReadOnlyMemory<byte> Environment(SandboxSpec spec) => Encoding.UTF8.GetBytes(string.Concat(
        Defaults.SetItems(spec.Environment).Select(entry => $"--setenv\0{entry.Key}\0{entry.Value}\0")));
}
