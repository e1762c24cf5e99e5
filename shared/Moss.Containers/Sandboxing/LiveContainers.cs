using System.Collections.Concurrent;

namespace Moss.Containers.Sandboxing;

/// <summary>
/// The containers that this process has in use. One that the engine was too dead to remove is not among them any more: the sweep
/// takes it as soon as there is an engine again.
/// </summary>
internal static class LiveContainers
{
    private static readonly ConcurrentDictionary<string, byte> Names = new(StringComparer.Ordinal);

    /// <summary>A new name, in use until it is given back.</summary>
    public static string Take()
    {
        var name = ContainerName.Next();
        Names[name] = 0;
        return name;
    }

    /// <summary>It is removed, or has to be.</summary>
    public static void GiveBack(string name) => Names.TryRemove(name, out _);

    /// <summary>Whether it is in use, written as the daemon does, with a slash before it.</summary>
    public static bool Has(string name) => Names.ContainsKey(name.TrimStart('/'));
}
