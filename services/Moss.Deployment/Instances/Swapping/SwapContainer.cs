using System.Text.Json.Nodes;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>A container as it was a moment ago.</summary>
/// <param name="Id">The full one.</param>
/// <param name="Name">Without the engine's slash.</param>
/// <param name="Image">The id of its image.</param>
/// <param name="Labels">Its own and its image's.</param>
/// <param name="Runs">Whether something in it runs.</param>
internal sealed record SwapContainer(string Id, string Name, string Image, IReadOnlyDictionary<string, string> Labels, bool Runs)
{
    /// <summary>Its first process; 0 when it does not run.</summary>
    public int Pid { get; init; }

    /// <summary>When it was last started; null when it never was.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it last ended; null when it never did.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended, for people; null while it runs or when it never did.</summary>
    public string? End { get; init; }

    /// <summary>What its own check says: healthy, unhealthy, starting; null where it has none.</summary>
    public string? Health { get; init; }

    /// <summary>Whether the engine starts it again when it ends: its policy, <c>no</c> for never.</summary>
    public string RestartPolicy { get; init; } = "no";

    /// <summary>How long it was made to have until it is killed; null where nothing was said.</summary>
    public TimeSpan? Grace { get; init; }

    /// <summary>In whose namespaces it lives, by the engine's words for them, such as <c>NetworkMode</c>.</summary>
    public IReadOnlyDictionary<string, string> Namespaces { get; init; } = new Dictionary<string, string>();

    /// <summary>Networks that it is joined to, with its address in each.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of the volumes by the folders inside.</summary>
    public IReadOnlyDictionary<string, string> Volumes { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the engine chose a port of the machine for it, and chooses another one at every start.</summary>
    public bool HasChosenPort { get; init; }

    /// <summary>What it was made from, in the engine's own words.</summary>
    public JsonObject Made { get; init; } = [];

    /// <summary>The label's value; empty when there is none.</summary>
    public string Label(string name) => Labels.TryGetValue(name, out var value) ? value : "";
}
