using System.Collections.Immutable;
using System.Globalization;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Images;
using Moss.Sandboxes;

namespace Moss.Containers.Sandboxing;

/// <summary>What every sandbox container is. Pure: the same input gives the same container.</summary>
internal static class TrialProfile
{
    private const double Billion = 1e9;

    /// <summary>The small first process that hands the exit code on.</summary>
    private const int Supervisors = 1;

    /// <summary>The engine's own list, and what tells about the machine and other runs.</summary>
    private static readonly string[] Hidden =
    [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/pressure",
        "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware",
    ];

    private static readonly string[] Unchangeable = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    private static readonly ImmutableSortedDictionary<string, string> Defaults = new Dictionary<string, string>
    {
        ["HOME"] = "/tmp/home",
        ["LANG"] = "C.UTF-8",
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["TMPDIR"] = "/tmp",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static ContainerSpec Of(
        SandboxSpec spec, ImageDetails image, ImmutableArray<ContainerMount> mounts, SandboxUser user, ContainerOwner owner, DockerSandboxOptions options)
    {
        var hasInput = !spec.StandardInput.IsEmpty;
        return new ContainerSpec(image.Id)
        {
            Entrypoint = [spec.Command[0]],
            Cmd = [.. spec.Command.Skip(1)],
            Env = Environment(spec, image.Config?.Env ?? []),
            User = user.ToString(),
            WorkingDir = Folder(spec.WorkingDirectory, image.Config?.WorkingDir),
            Hostname = "trial",
            Labels = Labels(spec, owner),
            OpenStdin = hasInput,
            StdinOnce = hasInput,
            AttachStdin = hasInput,
            Healthcheck = HealthCheck.None,
            HostConfig = new HostConfig
            {
                NetworkMode = "none",
                IpcMode = "private",
                ReadonlyRootfs = true,
                Mounts = [.. mounts.Where(mount => !mount.IsMemory), .. Volumes(image, mounts, spec.Limits.TemporaryBytes)],
                Tmpfs = mounts.Where(mount => mount.IsMemory).ToImmutableSortedDictionary(mount => mount.Target, _ => Memory(spec.Limits, user), StringComparer.Ordinal),
                ShmSize = spec.Limits.TemporaryBytes,
                CapDrop = ["ALL"],
                SecurityOpt = ["no-new-privileges"],
                PidsLimit = spec.Limits.Processes + Supervisors,
                Memory = spec.Limits.MemoryBytes,
                MemorySwap = spec.Limits.MemoryBytes,
                NanoCpus = (long)(options.Processors * Billion),
                Ulimits = Ulimits(spec.Limits),
                // Moss reads the streams itself, as they come and cut at the limit: nothing need lie on the daemon's disk.
                LogConfig = new LogConfig("none"),
                Init = true,
                RestartPolicy = new RestartPolicy("no"),
                MaskedPaths = Hidden,
                ReadonlyPaths = Unchangeable,
                Runtime = options.Runtime,
            },
        };
    }

    /// <summary>Where it starts; a relative folder lies in the image's own.</summary>
    private static string Folder(string folder, string? own) =>
        folder.StartsWith('/') ? folder : Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine("/", own ?? "", folder)));

    /// <summary>What the image brings, then the spec's; the defaults where neither says anything. HOSTNAME would be the engine's.</summary>
    private static IReadOnlyList<string> Environment(SandboxSpec spec, IReadOnlyList<string> image)
    {
        var brought = image.Select(entry => entry.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Defaults.Where(entry => !brought.Contains(entry.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal)
                .SetItems(spec.Environment).Select(entry => $"{entry.Key}={entry.Value}"),
            .. spec.Environment.ContainsKey("HOSTNAME") || brought.Contains("HOSTNAME") ? (string[])[] : ["HOSTNAME"],
        ];
    }

    private static ImmutableSortedDictionary<string, string> Labels(SandboxSpec spec, ContainerOwner owner)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        labels.Add(ContainerOwner.Label, owner.ToString());
        if (spec.Purpose is { } purpose)
        {
            labels.Add("moss.evolution", purpose.Evolution);
            labels.Add("moss.stage", purpose.Stage);
        }

        return labels.ToImmutable();
    }

    /// <summary>
    /// The user owns it, because runc gives a folder in memory the permissions of what it covers, and that may be root's. Among
    /// the engine's two ways to ask for one only this can say so.
    /// </summary>
    private static string Memory(SandboxLimits limits, SandboxUser user) => string.Create(
        CultureInfo.InvariantCulture, $"rw,noexec,nosuid,nodev,size={limits.TemporaryBytes},mode=1777,uid={user.User},gid={user.Group}");

    /// <summary>For each volume that the image asks for the engine would make one on disk, without a limit and writable.</summary>
    private static IEnumerable<ContainerMount> Volumes(ImageDetails image, ImmutableArray<ContainerMount> mounts, long bytes) =>
        (image.Config?.Volumes?.Keys ?? []).Where(path => mounts.All(mount => mount.Target.TrimEnd('/') != path.TrimEnd('/')))
            .Select(path => ContainerMount.Memory(path, bytes));

    private static ImmutableArray<Ulimit> Ulimits(SandboxLimits limits)
    {
        var cpu = Math.Max(1, (long)Math.Ceiling(limits.Cpu.TotalSeconds));
        return
        [
            new("core", 0, 0),
            // At the first the program may still say goodbye, a second later it is killed.
            new("cpu", cpu, cpu + 1),
            new("nofile", limits.OpenFiles, limits.OpenFiles),
            new("fsize", limits.FileBytes, limits.FileBytes),
        ];
    }
}
