using System.Collections.Immutable;

namespace Moss.Deployment.Instances;

/// <summary>What a process of the machine sees; nothing of Moss's own environment.</summary>
internal static class ProcessEnvironment
{
    // The tree is shared by everything that runs this version, so no bytecode is written beside the source.
    private static readonly ImmutableSortedDictionary<string, string> Defaults = ImmutableSortedDictionary.CreateRange<string, string>(
    [
        new("PATH", "/usr/local/bin:/usr/bin:/bin"), new("LANG", "C.UTF-8"), new("PYTHONDONTWRITEBYTECODE", "1"), new("PYTHONUNBUFFERED", "1"),
        new("MOSS_HOST", "127.0.0.1"),
    ]);

    public static ImmutableSortedDictionary<string, string> OfInstance(InstanceLaunch launch) =>
        OfProbe(launch).SetItem(InstanceLaunch.MarkerVariable, launch.Instance.Marker);

    /// <summary>The same without the marker: a probe is no part of the instance.</summary>
    public static ImmutableSortedDictionary<string, string> OfProbe(InstanceLaunch launch) => Defaults.SetItems(launch.Declared);
}
