namespace Moss.Containers.Engine.Containers;

/// <summary>What a container may use of its machine, in the engine's own words; what is null is the engine's default.</summary>
public sealed record HostConfig
{
    /// <summary><c>none</c>, <c>bridge</c>, <c>host</c> or the name of a network.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>Where ports of it are found on the machine, by names such as <c>8080/tcp</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? PortBindings { get; init; }

    /// <summary>Whose shared memory: <c>private</c>, <c>none</c> ...</summary>
    public string? IpcMode { get; init; }

    /// <summary>Nothing of the image can be written.</summary>
    public bool? ReadonlyRootfs { get; init; }

    /// <summary>Folders and files from elsewhere.</summary>
    public IReadOnlyList<ContainerMount>? Mounts { get; init; }

    /// <summary>Folders in memory: the path inside, and options as mount takes them.</summary>
    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    /// <summary>Bytes of /dev/shm.</summary>
    public long? ShmSize { get; init; }

    /// <summary>Powers taken away; <c>ALL</c> for every one.</summary>
    public IReadOnlyList<string>? CapDrop { get; init; }

    /// <summary>Such as <c>no-new-privileges</c>.</summary>
    public IReadOnlyList<string>? SecurityOpt { get; init; }

    /// <summary>Processes and threads at once.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Bytes of memory and swap together.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>Processors, in billionths.</summary>
    public long? NanoCpus { get; init; }

    /// <summary>Limits of each process.</summary>
    public IReadOnlyList<Ulimit>? Ulimits { get; init; }

    /// <summary>Where its output is kept.</summary>
    public LogConfig? LogConfig { get; init; }

    /// <summary>A small first process that collects the dead and hands signals on.</summary>
    public bool? Init { get; init; }

    /// <summary>Whether the daemon starts it again.</summary>
    public RestartPolicy? RestartPolicy { get; init; }

    /// <summary>Paths of /proc and /sys that are hidden; replaces the engine's own list.</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <summary>Paths of /proc that cannot be written; replaces the engine's own list.</summary>
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    /// <summary>The program that makes containers, such as <c>runsc</c>.</summary>
    public string? Runtime { get; init; }
}

/// <summary>Where a port is found on the machine.</summary>
/// <param name="HostIp">The address that is listened on.</param>
/// <param name="HostPort">The number, as text.</param>
public sealed record PortBinding(string HostIp, string HostPort);

/// <summary>A limit of each process, as setrlimit has it.</summary>
/// <param name="Name">Without RLIMIT_, in small letters.</param>
/// <param name="Soft">What counts.</param>
/// <param name="Hard">How far the process may raise it.</param>
public sealed record Ulimit(string Name, long Soft, long Hard);

/// <summary>Where the output of a container is kept.</summary>
/// <param name="Type">The log driver; <c>none</c> keeps nothing.</param>
/// <param name="Config">Its options, such as <c>max-size</c>.</param>
public sealed record LogConfig(string Type, IReadOnlyDictionary<string, string>? Config = null);

/// <summary>Whether the daemon starts a container again.</summary>
/// <param name="Name"><c>no</c>, <c>always</c>, <c>unless-stopped</c>, <c>on-failure</c>.</param>
public sealed record RestartPolicy(string Name);
