using System.Collections.Immutable;

namespace Moss.Sandboxes.Checks;

/// <summary>
/// Looks at the host's side of the mounts. A mount inside another one follows links that lie in it, before the sandbox is
/// closed: a candidate that commits the link <c>scenarios -> /oldroot/root</c> would have bubblewrap make folders out there.
/// </summary>
internal static class MountCheck
{
    /// <summary>The mounts as an engine can make them, or why not.</summary>
    /// <param name="mounts">As the spec has them.</param>
    /// <param name="nothing">An empty file of the host, to cover files with.</param>
    public static (ImmutableArray<SandboxMount> Mounts, string? Problem) Resolve(ImmutableArray<SandboxMount> mounts, string nothing)
    {
        var resolved = ImmutableArray.CreateBuilder<SandboxMount>(mounts.Length);
        foreach (var mount in mounts)
        {
            if (Source(mount) is { } source && !Path.Exists(source))
            {
                return ([], $"mounts: '{source}', for '{mount.Target}', does not exist.");
            }

            var covered = Covered(mount.Target, resolved);
            if (covered is var (root, path) && FirstLink(root, path) is { } link)
            {
                return ([], $"mounts: '{mount.Target}' leads through the symbolic link '{link}', which could lead anywhere.");
            }

            // A file is covered by an empty file.
            resolved.Add(mount is SandboxMount.Empty && covered is var (_, hidden) && File.Exists(hidden)
                ? new SandboxMount.ReadOnly(nothing, mount.Target)
                : mount);
        }

        return (resolved.ToImmutable(), null);
    }

    /// <summary>The host's path below the target, when an earlier mount put it there, and the source it lies in.</summary>
    private static (string Root, string Path)? Covered(string target, IEnumerable<SandboxMount> earlier)
    {
        var over = earlier.LastOrDefault(mount => target.StartsWith(mount.Target.TrimEnd('/') + "/", StringComparison.Ordinal));
        return over is not null && Source(over) is { } source
            ? (source, Path.Join(source, target[over.Target.TrimEnd('/').Length..]))
            : null;
    }

    private static string? FirstLink(string root, string path)
    {
        var at = root;
        foreach (var part in path[root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = Path.Join(at, part);
            if (new FileInfo(at).LinkTarget is not null)
            {
                return at;
            }
        }

        return null;
    }

    private static string? Source(SandboxMount mount) => mount switch
    {
        SandboxMount.ReadOnly file => file.Source,
        SandboxMount.Writable file => file.Source,
        _ => null,
    };
}
