using System.Collections.Immutable;
using Moss.Containers.Engine.Containers;
using Moss.Sandboxes;

namespace Moss.Containers.Sandboxing;

/// <summary>The mounts of a spec as the daemon has to make them.</summary>
internal static class MountPlan
{
    /// <summary>What files are covered with: empty to read, and the same on every machine.</summary>
    public const string Nothing = "/dev/null";

    /// <summary>
    /// The mounts, or why not. The engine makes mounts from the top downwards, whatever their order: what a later one covers is
    /// left out, and the rest then is as if they had been made in order.
    /// </summary>
    public static (ImmutableArray<ContainerMount> Mounts, string? Problem) Of(SandboxSpec spec, HostPaths paths, SandboxUser user)
    {
        var plan = new List<ContainerMount>();
        foreach (var mount in spec.Mounts.Prepend(new SandboxMount.Empty("/tmp/home")).Prepend(new SandboxMount.Empty("/tmp")))
        {
            plan.RemoveAll(earlier => IsAtOrBelow(earlier.Target, mount.Target));
            if (mount is SandboxMount.Empty)
            {
                plan.Add(ContainerMount.Memory(mount.Target, spec.Limits.TemporaryBytes));
                continue;
            }

            var (source, writable) = mount is SandboxMount.Writable folder ? (folder.Source, true) : (((SandboxMount.ReadOnly)mount).Source, false);
            if (source != Nothing && FilePermissions.Problem(source, writable, user) is { } closed)
            {
                return ([], closed);
            }

            if ((source == Nothing ? source : paths.OnHost(Path.GetFullPath(source))) is not { } onHost)
            {
                return ([], $"mounts: '{source}', for '{mount.Target}', lies in the layer of Moss's own container, which the engine cannot mount; put the data folder on a volume.");
            }

            plan.Add(ContainerMount.Bind(onHost, mount.Target, !writable, source != Nothing && paths.IsInVolume(Path.GetFullPath(source))));
        }

        return ([.. plan], null);
    }

    private static bool IsAtOrBelow(string target, string folder) =>
        target.TrimEnd('/') == folder.TrimEnd('/') || target.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
