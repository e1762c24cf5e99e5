using System.Globalization;

namespace Moss.Sandboxes.Ceilings;

/// <summary>Control groups of the unified kind.</summary>
internal sealed class ControlGroupsVersion2(string root, TimeProvider time) : ICeilings
{
    public string Description => "control groups, version 2 (pids, memory)";

    public bool BoundTheWhole => true;

    public ICeiling Open(SandboxLimits limits) => ControlGroup.Make([root], folders =>
    {
        ControlFile.Write(Path.Combine(folders[0], "pids.max"), ResourceLimits.WithSupervisors(limits).ToString(CultureInfo.InvariantCulture));
        ControlFile.Write(Path.Combine(folders[0], "memory.max"), limits.MemoryBytes.ToString(CultureInfo.InvariantCulture));
        ControlFile.TryWrite(Path.Combine(folders[0], "memory.swap.max"), "0");
    }, time);

    /// <summary>
    /// Whether groups below this one can be limited. The kernel lets a group hand on its controllers only when it has no
    /// process of its own, or is the root.
    /// </summary>
    public static bool CanLimitBelow(string folder)
    {
        var handedOn = Path.Combine(folder, "cgroup.subtree_control");
        return HandsOn(handedOn) || (ControlFile.TryWrite(handedOn, "+pids +memory") && HandsOn(handedOn));
    }

    private static bool HandsOn(string file) =>
        File.Exists(file) && File.ReadAllText(file).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries) is var names
        && names.Contains("pids") && names.Contains("memory");
}
