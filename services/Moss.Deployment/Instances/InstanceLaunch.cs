using System.Collections.Immutable;
using Moss.Domain.Promotion;
using Moss.Substrates;

namespace Moss.Deployment.Instances;

/// <summary>How an instance is started and probed, described before anything happens.</summary>
/// <param name="Substrate">Name.</param>
/// <param name="Instance">Which run of which version.</param>
/// <param name="Deploy">As declared.</param>
/// <param name="Tree">The folder with the version's files; empty where an image is run.</param>
/// <param name="StateFolder">The state that all versions share, as the instance sees it.</param>
/// <param name="LogFile">Where its output is kept.</param>
internal sealed record InstanceLaunch(string Substrate, Instance Instance, DeployStep Deploy, string Tree, string StateFolder, string LogFile)
{
    /// <summary>Names the instance in the environment of everything that belongs to it.</summary>
    public const string MarkerVariable = "MOSS_INSTANCE";

    /// <summary>The declared environment, and where the instance finds its port and its state; the marker is not in it.</summary>
    public ImmutableSortedDictionary<string, string> Declared => ImmutableSortedDictionary<string, string>.Empty
        .Add("HOME", StateFolder)
        .SetItems(Deploy.Environment)
        .SetItem("MOSS_PORT", Instance.Port.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .SetItem("MOSS_STATE", StateFolder);
}
