using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Moss.Containers.Engine.Containers;
using Moss.Substrates;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>What was written in a container beside its volumes, and goes with it. Pure.</summary>
internal static class SwapLosses
{
    // What programs leave there they expect to lose.
    private static readonly string[] Passing = ["/tmp", "/var/tmp", "/run", "/var/run", "/dev", "/proc", "/sys"];

    // The engine mounts its own small first process there.
    private static readonly string[] Init = ["/sbin/docker-init", "/usr/sbin/docker-init"];

    /// <summary>Paths inside of a container that lie elsewhere: volumes, folders of the machine, folders in memory.</summary>
    public static ImmutableArray<string> Elsewhere(JsonObject container) =>
    [
        .. (container["Mounts"] as JsonArray ?? []).Select(mount => mount!["Destination"]!.GetValue<string>()),
        .. (container["HostConfig"]?["Tmpfs"] as JsonObject ?? []).Select(folder => folder.Key),
        .. Init,
    ];

    /// <summary>What nobody allowed to be lost, and what is lost as allowed.</summary>
    /// <param name="changes">As the engine tells them.</param>
    /// <param name="mounts">Folders inside that lie elsewhere.</param>
    /// <param name="allowed">Patterns of absolute paths without their first slash.</param>
    public static (ImmutableArray<string> Lost, ImmutableArray<string> Allowed) Of(
        IReadOnlyList<ContainerChange> changes, ImmutableArray<string> mounts, ImmutableArray<string> allowed)
    {
        var globs = allowed.Select(pattern => Glob.Parse(pattern)).ToList();
        var written = changes.Select(change => change.Path).ToHashSet(StringComparer.Ordinal);
        var parents = written.SelectMany(Parents).ToHashSet(StringComparer.Ordinal);
        var kept = mounts.SelectMany(mount => Parents(mount).Append(mount)).ToHashSet(StringComparer.Ordinal);
        var lost = changes.Select(change => change.Path)
            .Where(path => !parents.Contains(path) && !kept.Contains(path) && !Passing.Concat(mounts).Any(folder => path == folder || path.StartsWith(folder + '/', StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal).ToLookup(path => globs.Exists(glob => glob.Matches(path[1..])));
        return ([.. lost[false]], [.. lost[true]]);
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }
}
