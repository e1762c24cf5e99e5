using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Containers;

/// <summary>
/// How instances are told among the containers of a machine: a label says what a container is, and a name, which no image can
/// choose, that it is so.
/// </summary>
internal static class ContainerNames
{
    public const string OwnerLabel = "moss.owner";
    public const string SubstrateLabel = "moss.substrate";
    public const string InstanceLabel = "moss.instance";
    public const string VersionLabel = "moss.version";
    public const string RehearsalLabel = "moss.rehearsal";

    private const string Prefix = "moss-";

    /// <summary>The instance's container; markers begin with the substrate's name.</summary>
    public static string Of(Instance instance) => Prefix + instance.Marker;

    /// <summary>The volume with the substrate's state.</summary>
    public static string StateOf(string substrate) => $"{Prefix}{substrate}-state";

    /// <summary>Whether it has the labels and the name of an instance.</summary>
    public static bool IsInstance(SeenContainer container) =>
        container.Labels.TryGetValue(InstanceLabel, out var marker) && container.Name == Prefix + marker;
}
