using System.Collections.Immutable;
using Moss.Domain.Promotion;
using Moss.Substrates;

namespace Moss.Deployment.Instances;

/// <summary>How an instance is started and probed, described before anything happens.</summary>
internal sealed record InstanceLaunch(Instance Instance, DeployStep Deploy, string Tree, string StateFolder, string LogFile)
{
    /// <summary>Names the instance in the environment of everything that belongs to it.</summary>
    public const string MarkerVariable = "MOSS_INSTANCE";

    /// <summary>What the instance sees; nothing of Moss's own environment.</summary>
    public ImmutableSortedDictionary<string, string> Environment => ProbeEnvironment.SetItem(MarkerVariable, Instance.Marker);

    /// <summary>The same without the marker: a probe is no part of the instance.</summary>
    public ImmutableSortedDictionary<string, string> ProbeEnvironment => Defaults
        .SetItem("HOME", StateFolder)
        .SetItems(Deploy.Environment)
        .SetItem("MOSS_PORT", Instance.Port.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .SetItem("MOSS_STATE", StateFolder);

    // The tree is shared by everything that runs this version, so no bytecode is written beside the source.
    private static readonly ImmutableSortedDictionary<string, string> Defaults = ImmutableSortedDictionary.CreateRange<string, string>(
    [
        new("PATH", "/usr/local/bin:/usr/bin:/bin"), new("LANG", "C.UTF-8"), new("PYTHONDONTWRITEBYTECODE", "1"), new("PYTHONUNBUFFERED", "1"),
    ]);
}
