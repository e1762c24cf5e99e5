using System.Collections.Immutable;

namespace Moss.Processes;

/// <summary>A program to run, described as data before anything happens. Arguments are never joined into a command line.</summary>
/// <param name="Program">File name or path; looked up on PATH when it has no slash.</param>
/// <param name="Arguments">One entry an argument, passed as it is.</param>
public sealed record ProcessInvocation(string Program, ImmutableArray<string> Arguments)
{
    /// <summary>Directory to start in; the caller's own when null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The whole environment of the program: nothing is inherited but what stands here.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Written to standard input, which is then closed; closed at once when empty.</summary>
    public ReadOnlyMemory<byte> StandardInput { get; init; }

    /// <summary>Wall clock; after it the whole group is stopped.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest silence on standard output and standard error together, give or take a quarter; no limit when null.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Bytes kept of each of standard output and standard error; the rest is read and dropped.</summary>
    public int OutputLimit { get; init; } = 4 * 1024 * 1024;

    /// <summary>How the group is stopped when time is up or nobody waits any more.</summary>
    public KillPlan Kill { get; init; } = KillPlan.After(TimeSpan.FromSeconds(2));

    /// <summary>True gives the program descriptor 3 to write to; what it wrote is <see cref="ProcessResult.Report"/>.</summary>
    public bool Reports { get; init; }

    /// <summary>
    /// Written to descriptor 4, which is then closed; not opened when empty. For what must not stand in a command line,
    /// which every user of the machine can read.
    /// </summary>
    public ReadOnlyMemory<byte> PrivateInput { get; init; }
}
