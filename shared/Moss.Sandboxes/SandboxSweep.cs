using Moss.Processes;
using Moss.Sandboxes.Ceilings;

namespace Moss.Sandboxes;

/// <summary>
/// Removes what a killed Moss left on this machine: folders of its runs and their control groups. The sandboxed processes
/// themselves died with it. What belongs to a Moss that lives is left alone.
/// </summary>
public sealed class SandboxSweep(SandboxFolders folders, TimeProvider time)
{
    /// <summary>Does it once; meant for the start of Moss.</summary>
    public async Task<SweptUp> RunAsync()
    {
        var groups = await SweepGroupsAsync(MachineCeilings.Roots());
        var removed = Below(folders.Root).Where(folder => IsOrphan(SandboxFolders.Owner(Path.GetFileName(folder)))).Count(FolderRemoval.Remove);
        return new SweptUp(removed, groups);
    }

    internal async Task<int> SweepGroupsAsync(IEnumerable<string> roots)
    {
        var orphans = roots.SelectMany(Below).Where(folder => IsOrphan(ControlGroupName.Owner(Path.GetFileName(folder)))).ToList();
        foreach (var orphan in orphans)
        {
            await new ControlGroup([orphan], time).DisposeAsync();
        }

        return orphans.Count;
    }

    private static bool IsOrphan(ProcessIdentity? owner) => owner is not null && !ProcessTable.IsAlive(owner);

    private static IEnumerable<string> Below(string folder) => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [];
}

/// <summary>What a sweep found and removed.</summary>
/// <param name="Folders">Folders of runs, one for each dead Moss.</param>
/// <param name="ControlGroups">Control groups of runs.</param>
public sealed record SweptUp(int Folders, int ControlGroups);
