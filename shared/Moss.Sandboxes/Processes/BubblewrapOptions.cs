using Moss.Sandboxes.Ceilings;

namespace Moss.Sandboxes.Processes;

/// <summary>What may be chosen about the process engine.</summary>
internal sealed record BubblewrapOptions
{
    /// <summary>Name or path of bubblewrap.</summary>
    public string Program { get; init; } = "bwrap";

    /// <summary>How runs are bounded; found out when null.</summary>
    public ICeilings? Ceilings { get; init; }

    /// <summary>Run also where the number of processes cannot be limited.</summary>
    public bool AllowUnlimitedProcesses { get; init; }
}
