using System.Collections.Immutable;

namespace Moss.Processes;

/// <summary>How a group of processes is stopped: what is sent, and how long each step may take to work.</summary>
/// <param name="Steps">In order; the last one is always <see cref="StopSignal.Kill"/>, which cannot be refused.</param>
public sealed record KillPlan(ImmutableArray<KillStep> Steps)
{
    /// <summary>No farewell.</summary>
    public static KillPlan AtOnce { get; } = new([new(StopSignal.Kill, System.Threading.Timeout.InfiniteTimeSpan)]);

    /// <summary>TERM, then KILL for what is still there after <paramref name="grace"/>; KILL alone when that is zero or less.</summary>
    public static KillPlan After(TimeSpan grace) =>
        grace <= TimeSpan.Zero ? AtOnce : new([new(StopSignal.Terminate, grace), .. AtOnce.Steps]);
}

/// <summary>One signal and how long to wait for its effect.</summary>
public sealed record KillStep(StopSignal Signal, TimeSpan Wait);

/// <summary>The signals that stop a process; the values are Linux's.</summary>
public enum StopSignal
{
    /// <summary>SIGKILL.</summary>
    Kill = 9,

    /// <summary>SIGTERM.</summary>
    Terminate = 15,
}
