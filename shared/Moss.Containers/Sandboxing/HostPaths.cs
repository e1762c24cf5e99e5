using System.Collections.Immutable;
using Moss.Containers.Engine.Containers;

namespace Moss.Containers.Sandboxing;

/// <summary>
/// Where the files of this process lie for the daemon. The daemon mounts paths of its own machine; a Moss that itself runs in a
/// container sees them at other places, and the daemon knows which.
/// </summary>
/// <param name="mounts">What is mounted into the container in which this process runs; null when it runs in none.</param>
internal sealed class HostPaths(ImmutableArray<ContainerMountPoint>? mounts)
{
    /// <summary>The daemon's path of the same file; null when it lies in the container's own layer, which cannot be mounted elsewhere.</summary>
    public string? OnHost(string path)
    {
        if (mounts is null)
        {
            return path;
        }

        return Over(path) is { Source.Length: > 0 } over ? over.Source.TrimEnd('/') + path[over.Destination.TrimEnd('/').Length..] : null;
    }

    /// <summary>Whether the daemon keeps the file in a volume, and so below its own root.</summary>
    public bool IsInVolume(string path) => Over(path) is { Type: "volume" };

    private ContainerMountPoint? Over(string path) =>
        mounts?.Where(mount => Covers(mount.Destination, path)).MaxBy(mount => mount.Destination.Length);

    private static bool Covers(string folder, string path) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || folder.EndsWith('/') || path[folder.Length] == '/');
}
