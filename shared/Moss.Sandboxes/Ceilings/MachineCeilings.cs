namespace Moss.Sandboxes.Ceilings;

/// <summary>Finds out what this machine has to offer.</summary>
internal static class MachineCeilings
{
    /// <summary>The best that works, tried out by making one.</summary>
    public static async Task<ICeilings> FindAsync(TimeProvider time)
    {
        foreach (var candidate in Candidates(time))
        {
            if (await WorksAsync(candidate))
            {
                return candidate;
            }
        }

        return new ProcessLimitsOnly();
    }

    /// <summary>Folders in which runs of any Moss on this machine make their groups.</summary>
    public static IReadOnlyList<string> Roots() =>
        [.. new[] { Own("pids"), Own("memory"), Own(""), MountOf("") }.OfType<string>().Where(Directory.Exists).Distinct()];

    private static IEnumerable<ICeilings> Candidates(TimeProvider time)
    {
        if (Own("pids") is { } pids && Own("memory") is { } memory)
        {
            yield return new ControlGroupsVersion1(pids, memory, time);
        }

        foreach (var folder in new[] { Own(""), MountOf("") }.OfType<string>().Distinct())
        {
            if (ControlGroupsVersion2.CanLimitBelow(folder))
            {
                yield return new ControlGroupsVersion2(folder, time);
            }
        }
    }

    private static async Task<bool> WorksAsync(ICeilings candidate)
    {
        try
        {
            await using var tried = candidate.Open(new SandboxLimits());
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? Own(string controller) =>
        ControlGroupMount.Find(controller, File.ReadAllText("/proc/self/cgroup"), File.ReadAllText("/proc/self/mountinfo"));

    private static string? MountOf(string controller) =>
        ControlGroupMount.Find(controller, "0::/", File.ReadAllText("/proc/self/mountinfo"));
}
