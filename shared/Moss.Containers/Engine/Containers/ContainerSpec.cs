namespace Moss.Containers.Engine.Containers;

/// <summary>What a container is, in the engine's own words; what is null is the engine's default.</summary>
/// <param name="Image">Id or reference.</param>
public sealed record ContainerSpec(string Image)
{
    /// <summary>The program and its first arguments; the image's own when null.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Further arguments; the image's own when null and there is no entry point.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary><c>NAME=value</c>, or <c>NAME</c> to take away what the image or the engine would set.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>Name or number, and <c>:group</c>.</summary>
    public string? User { get; init; }

    /// <summary>Made when missing.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>The name of the machine inside.</summary>
    public string? Hostname { get; init; }

    /// <summary>Name and value.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Ports that can be reached from outside, such as <c>8080/tcp</c>, each with an empty object.</summary>
    public IReadOnlyDictionary<string, object>? ExposedPorts { get; init; }

    /// <summary>Keep standard input open; otherwise it is empty.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>Close standard input when the first that attached to it goes.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Let standard input be attached to.</summary>
    public bool AttachStdin { get; init; }

    /// <summary>Replaces the image's.</summary>
    public HealthCheck? Healthcheck { get; init; }

    /// <summary>Everything that concerns the machine under it.</summary>
    public HostConfig? HostConfig { get; init; }
}

/// <summary>How the daemon asks a container whether it is well.</summary>
/// <param name="Test">The command, or <c>NONE</c>.</param>
public sealed record HealthCheck(IReadOnlyList<string> Test)
{
    /// <summary>Never, also where the image says how.</summary>
    public static HealthCheck None { get; } = new(["NONE"]);
}
