using System.Collections.Immutable;

namespace Moss.Sandboxes.Ceilings;

/// <summary>How this machine lets us bound the memory and the number of processes of one run as a whole.</summary>
internal interface ICeilings
{
    /// <summary>For people: what enforces the limits.</summary>
    string Description { get; }

    /// <summary>Whether every process of a run counts against one ceiling; without it only limits of each process are left.</summary>
    bool BoundTheWhole { get; }

    /// <summary>Makes the ceiling of one run.</summary>
    ICeiling Open(SandboxLimits limits);
}

/// <summary>The ceiling of one run. Closing it kills whatever is still under it.</summary>
internal interface ICeiling : IAsyncDisposable
{
    /// <summary>Files into which a process writes 0 to come under the ceiling, with all that it starts.</summary>
    ImmutableArray<string> Entries { get; }
}
