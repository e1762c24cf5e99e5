using System.Collections.Immutable;

namespace Moss.Sandboxes;

/// <summary>One run in a sandbox, as data.</summary>
/// <param name="Command">Program and arguments as seen from the inside; at least one entry.</param>
public sealed record SandboxSpec(ImmutableArray<string> Command)
{
    /// <summary>What the inside sees besides the operating system's read-only tree and a private /tmp.</summary>
    public ImmutableArray<SandboxMount> Mounts { get; init; } = [];

    /// <summary>Directory to start in, as seen from the inside: absolute, or relative to the working directory of the <see cref="Image"/> that is named.</summary>
    public string WorkingDirectory { get; init; } = "/tmp";

    /// <summary>The whole environment, besides PATH, HOME, TMPDIR and LANG, which the engine sets where they are missing.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Written to standard input, which is then closed.</summary>
    public ReadOnlyMemory<byte> StandardInput { get; init; }

    /// <summary>What the run may use.</summary>
    public SandboxLimits Limits { get; init; } = new();

    /// <summary>No network at all unless said otherwise.</summary>
    public SandboxNetwork Network { get; init; } = SandboxNetwork.None;

    /// <summary>
    /// For engines that run images: the id (<c>sha256:...</c>) or digest (<c>name@sha256:...</c>) of the one whose tree is the
    /// operating system; the engine's own when null. The process engine shows its machine's instead.
    /// </summary>
    public string? Image { get; init; }

    /// <summary>For whom it runs, for people and sweeps that come upon it while it does; nobody in particular when null.</summary>
    public SandboxPurpose? Purpose { get; init; }
}

/// <summary>For whom a sandbox runs.</summary>
/// <param name="Evolution">The evolution's id.</param>
/// <param name="Stage">The stage's name.</param>
public sealed record SandboxPurpose(string Evolution, string Stage);

/// <summary>Ceilings of one run; every one is enforced by the kernel or the engine, not by the program.</summary>
public sealed record SandboxLimits
{
    /// <summary>Wall clock; after it everything inside is killed.</summary>
    public TimeSpan WallClock { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest silence on both output streams together, give or take a quarter; no limit when null.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>CPU time of one process inside.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of memory.</summary>
    public long MemoryBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Processes and threads at once.</summary>
    public int Processes { get; init; } = 64;

    /// <summary>Open files of one process.</summary>
    public int OpenFiles { get; init; } = 256;

    /// <summary>Bytes of the largest file that can be written.</summary>
    public long FileBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Bytes of /tmp, and of every other folder in memory.</summary>
    public long TemporaryBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Bytes kept of each output stream.</summary>
    public int OutputBytes { get; init; } = 1024 * 1024;
}

/// <summary>What a sandbox can reach.</summary>
public enum SandboxNetwork
{
    /// <summary>An empty network namespace: not even the host's loopback.</summary>
    None,

    /// <summary>The host's network; only for coding agents that declare that they need it.</summary>
    Host,
}
