using System.Collections.Immutable;

namespace Moss.Substrates;

/// <summary>How the substrate runs in production: as a process, in a container of Moss's, or in the place of one that runs already.</summary>
public sealed record DeployStep(ImmutableArray<string> Command)
{
    /// <summary>Environment; <c>MOSS_PORT</c> and <c>MOSS_STATE</c> are added by Moss.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Loopback port that every version of the substrate serves on.</summary>
    public int Port { get; init; }

    /// <summary>All must pass, three times in a row.</summary>
    public ImmutableArray<Probe> Probes { get; init; } = [];

    /// <summary>How long the probes may take to pass.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Time between two rounds of probes.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Rounds in a row in which every probe must pass.</summary>
    public int Passes { get; init; } = 3;

    /// <summary>How long it must then stay healthy before it is kept.</summary>
    public TimeSpan MinimumHealthy { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What shows that it has started; null where <see cref="Probes"/> show that too.</summary>
    public StartupStep? Startup { get; init; }

    /// <summary>What shows that it lives; three failures in a row end it at once.</summary>
    public ImmutableArray<Probe> Liveness { get; init; } = [];

    /// <summary>How long the old process may take to stop after TERM before it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How a promoted version is watched; null when nobody watches it.</summary>
    public WatchDeclaration? Watch { get; init; }

    /// <summary>The container that runs already, and whose place a new version takes; null where Moss says itself how it runs.</summary>
    public SwapTarget? Swap { get; init; }

    /// <summary>What its container is, where Moss deploys containers; null when the substrate runs as a process everywhere.</summary>
    public ContainerTarget? Container { get; init; }
}

/// <summary>What shows that an instance has started.</summary>
public sealed record StartupStep
{
    /// <summary>All must pass, once. No other probe is asked before.</summary>
    public ImmutableArray<Probe> Probes { get; init; } = [];

    /// <summary>How long that may take.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(90);
}

/// <summary>A container that Moss did not make. A new version is made as it is, but for its image, and takes its place.</summary>
public sealed record SwapTarget
{
    /// <summary>Its name; null where it is a service of Compose.</summary>
    public string? Container { get; init; }

    /// <summary><c>project/service</c> of Compose; null where it is told by its name.</summary>
    public string? Compose { get; init; }

    /// <summary>The folder inside below which heartbeat files lie, absolute; null where no probe is one.</summary>
    public string? State { get; init; }

    /// <summary>Folders inside whose volumes are copied before a new version starts, and put back when it is undone.</summary>
    public ImmutableArray<string> Snapshot { get; init; } = [];

    /// <summary>What was written beside the volumes and may be lost with the old container: patterns of absolute paths, without their first slash.</summary>
    public ImmutableArray<string> Loses { get; init; } = [];

    /// <summary>How it is tried before a swap whether the version that serves still reads what the new one wrote; null where nobody tries.</summary>
    public RehearsalStep? Rehearsal { get; init; }
}

/// <summary>A swap on copies of the volumes, before anything is touched.</summary>
/// <param name="Reads">Ends with 0, in the container and without a shell, as soon as the version there has read its state.</param>
public sealed record RehearsalStep(ImmutableArray<string> Reads)
{
    /// <summary>How long each version may take to come to that.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>The container in which a substrate runs in production, made of its image.</summary>
/// <param name="State">The folder inside in which the state lies, absolute; a volume that outlives every version.</param>
public sealed record ContainerTarget(string State)
{
    /// <summary>Bytes of memory.</summary>
    public long MemoryBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Processes and threads.</summary>
    public int Processes { get; init; } = 256;
}

/// <summary>One way to ask whether a running substrate is healthy.</summary>
public abstract record Probe
{
    private Probe() { }

    /// <summary>How long one try may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>GET answers 200 to 299 without a redirect.</summary>
    public sealed record Http(string Path) : Probe;

    /// <summary>A connection to the port is accepted.</summary>
    public sealed record Tcp : Probe;

    /// <summary>A command exits with 0.</summary>
    public sealed record Exec(ImmutableArray<string> Command) : Probe;

    /// <summary>A file below the state folder was written not longer ago than <paramref name="MaximumAge"/>.</summary>
    public sealed record Heartbeat(string File, TimeSpan MaximumAge) : Probe;

    /// <summary>The engine holds the container for healthy, by the check of its image.</summary>
    public sealed record Engine : Probe;
}
