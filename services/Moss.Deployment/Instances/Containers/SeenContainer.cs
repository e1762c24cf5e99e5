namespace Moss.Deployment.Instances.Containers;

/// <summary>A container as it was a moment ago.</summary>
/// <param name="Id">The full one.</param>
/// <param name="Name">Without the engine's slash.</param>
/// <param name="Labels">Its own and its image's.</param>
/// <param name="Runs">Whether something in it runs.</param>
internal sealed record SeenContainer(string Id, string Name, IReadOnlyDictionary<string, string> Labels, bool Runs)
{
    /// <summary>Its first process, when it runs and was looked at closely.</summary>
    public int Pid { get; init; }

    /// <summary>When it was last started; null when it never was, or was not looked at closely.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How often the engine started it again because it had ended, since somebody started it last; known when it was looked at closely.</summary>
    public int Restarts { get; init; }

    /// <summary>True when the kernel ended what ran in it for its memory, since its last start; known when it was looked at closely.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>With what it ended last; 0 until then, or when it was not looked at closely.</summary>
    public int ExitCode { get; init; }

    /// <summary>Its address in a network, by the network's name, when it was looked at closely.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; init; } = new Dictionary<string, string>();

    /// <summary>The label's value; empty when there is none.</summary>
    public string Label(string name) => Labels.TryGetValue(name, out var value) ? value : "";
}
