namespace Moss.Sandboxes;

/// <summary>Something placed into a sandbox. Later mounts cover earlier ones.</summary>
/// <param name="Target">Absolute path on the inside.</param>
public abstract record SandboxMount(string Target)
{
    /// <summary>A file or directory of the host, read-only.</summary>
    public sealed record ReadOnly(string Source, string Target) : SandboxMount(Target);

    /// <summary>A file or directory of the host that the inside may change.</summary>
    public sealed record Writable(string Source, string Target) : SandboxMount(Target);

    /// <summary>An empty directory in memory; also the way to hide what lies below it.</summary>
    public sealed record Empty(string Target) : SandboxMount(Target);
}
