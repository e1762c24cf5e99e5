using System.Collections.Immutable;

namespace Moss.Containers.Engine.Containers;

/// <summary>What the daemon knows of a container.</summary>
/// <param name="Id">The full one.</param>
/// <param name="Name">With a slash before it.</param>
/// <param name="Image">The id of the image it was made from.</param>
/// <param name="Created">When it was made.</param>
/// <param name="State">How it is.</param>
/// <param name="Config">What it was made with, the image's part included.</param>
/// <param name="Mounts">What is mounted into it.</param>
public sealed record ContainerDetails(
    string Id, string Name, string Image, DateTimeOffset Created, ContainerState State, ContainerConfig Config, ImmutableArray<ContainerMountPoint> Mounts)
{
    /// <summary>How often the daemon started it again because it had ended, since somebody started it last.</summary>
    public int RestartCount { get; init; }

    /// <summary>How it is joined to networks.</summary>
    public NetworkSettings? NetworkSettings { get; init; }
}

/// <summary>The networks of a container.</summary>
/// <param name="Networks">By their names.</param>
public sealed record NetworkSettings(IReadOnlyDictionary<string, NetworkEndpoint>? Networks);

/// <summary>One end of a network.</summary>
/// <param name="IPAddress">Empty while the container does not run.</param>
public sealed record NetworkEndpoint(string? IPAddress);

/// <summary>How a container is.</summary>
/// <param name="Status"><c>created</c>, <c>running</c>, <c>paused</c>, <c>restarting</c>, <c>removing</c>, <c>exited</c>, <c>dead</c>.</param>
/// <param name="Running">Also when it is paused.</param>
/// <param name="OOMKilled">The kernel ended something in it for its memory.</param>
/// <param name="ExitCode">0 until it ended.</param>
/// <param name="StartedAt">Year 1 until it was started.</param>
public sealed record ContainerState(string Status, bool Running, bool OOMKilled, int ExitCode, DateTimeOffset StartedAt)
{
    /// <summary>Its first process, as the daemon's machine numbers it; 0 when it does not run.</summary>
    public int Pid { get; init; }
}

/// <summary>What a container was made with.</summary>
/// <param name="Image">As it was named then.</param>
/// <param name="Env"><c>NAME=value</c>.</param>
/// <param name="Labels">Its own and the image's.</param>
public sealed record ContainerConfig(string Image, IReadOnlyList<string>? Env, IReadOnlyDictionary<string, string>? Labels);

/// <summary>Something mounted into a container.</summary>
/// <param name="Type"><c>bind</c>, <c>volume</c> or <c>tmpfs</c>.</param>
/// <param name="Source">The path on the daemon's machine; empty for <c>tmpfs</c>.</param>
/// <param name="Destination">The path inside.</param>
/// <param name="RW">Whether it can be written.</param>
public sealed record ContainerMountPoint(string Type, string Source, string Destination, bool RW);

/// <summary>One container of a list.</summary>
/// <param name="Id">The full one.</param>
/// <param name="Names">Each with a slash before it.</param>
/// <param name="Image">As it was named.</param>
/// <param name="State">As <see cref="ContainerState.Status"/>.</param>
/// <param name="Created">Seconds since 1970.</param>
/// <param name="Labels">Its own and the image's.</param>
public sealed record ContainerSummary(
    string Id, ImmutableArray<string> Names, string Image, string State, long Created, IReadOnlyDictionary<string, string> Labels);
