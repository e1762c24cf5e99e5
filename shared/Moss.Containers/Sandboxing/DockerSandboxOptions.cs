namespace Moss.Containers.Sandboxing;

/// <summary>What Moss may choose about sandboxes that are containers.</summary>
public sealed record DockerSandboxOptions
{
    /// <summary>
    /// The image of runs that name none; they are refused when null. Best an id (<c>sha256:...</c>) or a digest
    /// (<c>name@sha256:...</c>): a name counts as what it means when a run begins.
    /// </summary>
    public string? Image { get; init; }

    /// <summary>Processors that one run may keep busy.</summary>
    public double Processors { get; init; } = 1;

    /// <summary>The program that makes the containers, such as <c>runsc</c>; the daemon's own choice when null.</summary>
    public string? Runtime { get; init; }

    /// <summary>How long a run that met no engine waits for it to be back before it says so, so that whoever tries again finds it.</summary>
    public TimeSpan Patience { get; init; }
}
