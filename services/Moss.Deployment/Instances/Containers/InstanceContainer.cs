using System.Collections.Immutable;
using System.Globalization;
using Moss.Containers.Engine.Containers;
using Moss.Domain.Promotion;
using Moss.Substrates;

namespace Moss.Deployment.Instances.Containers;

/// <summary>What the container of an instance is. Pure: the same launch gives the same container.</summary>
internal static class InstanceContainer
{
    /// <summary>Bytes of /tmp, the one folder beside the state that can be written.</summary>
    private const long TemporaryBytes = 64 * 1024 * 1024;

    private static readonly ImmutableSortedDictionary<string, string> LogLimits =
        ImmutableSortedDictionary<string, string>.Empty.Add("max-file", "2").Add("max-size", "8m");

    /// <param name="launch">What is started; its version names an image and its declaration a container.</param>
    /// <param name="owner">Which Moss it belongs to.</param>
    /// <param name="network">The network that it joins; the engine's default one when null.</param>
    public static ContainerSpec Of(InstanceLaunch launch, string owner, string? network)
    {
        if (launch is not { Deploy.Container: { } target, Instance.Version.Image: { } image })
        {
            throw new ArgumentException($"{launch.Instance.Marker} is no container", nameof(launch));
        }

        return new ContainerSpec(image)
        {
            Entrypoint = launch.Deploy.Command.IsDefaultOrEmpty ? null : [launch.Deploy.Command[0]],
            Cmd = launch.Deploy.Command.IsDefaultOrEmpty ? null : [.. launch.Deploy.Command.Skip(1)],
            Env = [.. Environment(launch).Select(entry => $"{entry.Key}={entry.Value}")],
            Labels = Labels(launch, owner),
            ExposedPorts = launch.Instance.Port == 0 ? null : new Dictionary<string, object> { [Port(launch.Instance)] = new() },
            Healthcheck = HealthCheck.None,
            HostConfig = Host(launch, target) with { NetworkMode = network },
        };
    }

    /// <summary>By which instances of a substrate are found.</summary>
    public static ImmutableSortedDictionary<string, string> StateLabels(string substrate, string owner) => ImmutableSortedDictionary<string, string>.Empty
        .Add(ContainerNames.OwnerLabel, owner).Add(ContainerNames.SubstrateLabel, substrate);

    private static HostConfig Host(InstanceLaunch launch, ContainerTarget target) => new()
    {
        PortBindings = launch.Instance.Port == 0 ? null : new Dictionary<string, IReadOnlyList<PortBinding>>
        {
            [Port(launch.Instance)] = [new("127.0.0.1", launch.Instance.Port.ToString(CultureInfo.InvariantCulture))],
        },
        // What passed its trials without writing beside its state does not do so now; and what it wrote there no swap would keep.
        ReadonlyRootfs = true,
        Mounts = [ContainerMount.Volume(ContainerNames.StateOf(launch.Substrate), target.State)],
        Tmpfs = new Dictionary<string, string> { ["/tmp"] = string.Create(CultureInfo.InvariantCulture, $"rw,nosuid,nodev,size={TemporaryBytes},mode=1777") },
        CapDrop = ["ALL"],
        SecurityOpt = ["no-new-privileges"],
        PidsLimit = target.Processes,
        Memory = target.MemoryBytes,
        MemorySwap = target.MemoryBytes,
        Ulimits = [new("core", 0, 0)],
        LogConfig = new LogConfig("json-file", LogLimits),
        Init = true,
        // Moss alone starts it again: an engine that does so by itself makes a second writer of a version that was replaced.
        RestartPolicy = new RestartPolicy("no"),
    };

    private static ImmutableSortedDictionary<string, string> Environment(InstanceLaunch launch) => ImmutableSortedDictionary<string, string>.Empty
        .Add("MOSS_HOST", "0.0.0.0")
        .SetItems(launch.Declared)
        .SetItem(InstanceLaunch.MarkerVariable, launch.Instance.Marker);

    private static ImmutableSortedDictionary<string, string> Labels(InstanceLaunch launch, string owner) => StateLabels(launch.Substrate, owner)
        .Add(ContainerNames.InstanceLabel, launch.Instance.Marker)
        .Add(ContainerNames.VersionLabel, launch.Instance.Version.Commit);

    private static string Port(Instance instance) => string.Create(CultureInfo.InvariantCulture, $"{instance.Port}/tcp");
}
