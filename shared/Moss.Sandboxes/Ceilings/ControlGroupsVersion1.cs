using System.Globalization;

namespace Moss.Sandboxes.Ceilings;

/// <summary>Control groups of the old kind: every controller is a tree of its own.</summary>
internal sealed class ControlGroupsVersion1(string pids, string memory, TimeProvider time) : ICeilings
{
    public string Description => "control groups, version 1 (pids, memory)";

    public bool BoundTheWhole => true;

    public ICeiling Open(SandboxLimits limits) => ControlGroup.Make([pids, memory], folders =>
    {
        var bytes = limits.MemoryBytes.ToString(CultureInfo.InvariantCulture);
        ControlFile.Write(Path.Combine(folders[0], "pids.max"), ResourceLimits.WithSupervisors(limits).ToString(CultureInfo.InvariantCulture));
        ControlFile.Write(Path.Combine(folders[1], "memory.limit_in_bytes"), bytes);
        // Where swap is counted at all, none of it.
        ControlFile.TryWrite(Path.Combine(folders[1], "memory.memsw.limit_in_bytes"), bytes);
    }, time);
}
