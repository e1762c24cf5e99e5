namespace Moss.Sandboxes.Ceilings;

/// <summary>Where in the file system the control group of this process lies.</summary>
internal static class ControlGroupMount
{
    /// <summary>
    /// The folder of our own group in the hierarchy that has this controller ("" for version 2), from the texts of
    /// /proc/self/cgroup and /proc/self/mountinfo; null when it is not mounted. In a container the path may name folders that
    /// the mount does not show: then the mount's root is ours.
    /// </summary>
    public static string? Find(string controller, string ownGroups, string mounts)
    {
        if (FindMount(controller, mounts) is not var (root, point) || FindOwn(controller, ownGroups) is not { } own)
        {
            return null;
        }

        var below = root != "/" && own.StartsWith(root, StringComparison.Ordinal) ? own[root.Length..] : own;
        var folder = Path.Join(point, below).TrimEnd('/');
        return Directory.Exists(folder) ? folder : point;
    }

    private static (string Root, string Point)? FindMount(string controller, string mounts)
    {
        foreach (var line in mounts.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // 36 35 98:0 /root /point options [optional fields] - type source super-options
            if (line.Split(" - ", 2) is not [var left, var right] || left.Split(' ') is not [_, _, _, var root, var point, ..]
                || right.Split(' ') is not [var type, _, var options, ..])
            {
                continue;
            }

            if (controller.Length == 0 ? type == "cgroup2" : type == "cgroup" && options.Split(',').Contains(controller))
            {
                return (root, point);
            }
        }

        return null;
    }

    private static string? FindOwn(string controller, string ownGroups) =>
        ownGroups.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 3))
            .FirstOrDefault(parts => parts.Length == 3 && (controller.Length == 0 ? parts[0] == "0" : parts[1].Split(',').Contains(controller)))?[2];
}
