namespace Moss.Containers.Sandboxing;

/// <summary>
/// Names of the containers of this engine. A label can come from an image that a stranger made, a name cannot: what the sweep
/// removes needs both.
/// </summary>
internal static class ContainerName
{
    private const string Prefix = "moss-sandbox-";

    /// <summary>A new one, chosen before the container is made, so that it can be removed whatever became of the call.</summary>
    public static string Next() => $"{Prefix}{Guid.NewGuid():N}";

    /// <summary>Whether it is one of these, as the daemon writes it, with a slash before it.</summary>
    public static bool IsOurs(string name) => name.StartsWith('/' + Prefix, StringComparison.Ordinal);
}
