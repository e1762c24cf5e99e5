namespace Moss.Containers.Engine;

/// <summary>How a container engine is reached.</summary>
public sealed record EngineOptions
{
    /// <summary>The unix socket of the daemon.</summary>
    public string Socket { get; init; } = "/var/run/docker.sock";

    /// <summary>
    /// Longest wait for the answer to a call that ends by itself; after it the call fails as
    /// <see cref="EngineFailure.Unreachable"/>. Streams and waits for the end of a container have no limit but their token.
    /// </summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
