namespace Moss.Containers.Engine.Containers;

/// <summary>A folder or file placed into a container, in the engine's own words.</summary>
/// <param name="Type"><c>bind</c>, <c>volume</c> or <c>tmpfs</c>.</param>
/// <param name="Target">Absolute path inside.</param>
public sealed record ContainerMount(string Type, string Target)
{
    /// <summary>The path on the daemon's machine, or the name of the volume.</summary>
    public string? Source { get; init; }

    /// <summary>Cannot be written from inside.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>For <c>bind</c> alone.</summary>
    public BindOptions? BindOptions { get; init; }

    /// <summary>For <c>tmpfs</c> alone.</summary>
    public TmpfsOptions? TmpfsOptions { get; init; }

    /// <summary>Whether it lies in memory.</summary>
    internal bool IsMemory => Type == "tmpfs";

    /// <summary>A file or folder of the daemon's machine, which has to be there. Mounts below it are not shown.</summary>
    /// <param name="source">Absolute path on the daemon's machine.</param>
    /// <param name="target">Absolute path inside.</param>
    /// <param name="readOnly">Cannot be written from inside.</param>
    /// <param name="inVolume">It lies below the daemon's own root, of which the daemon lets nothing be mounted as private.</param>
    public static ContainerMount Bind(string source, string target, bool readOnly, bool inVolume = false) =>
        new("bind", target) { Source = source, ReadOnly = readOnly, BindOptions = new(inVolume ? "rslave" : "rprivate", NonRecursive: true) };

    /// <summary>A volume of the daemon, which is made when it is missing; a new one begins with what the image has there.</summary>
    public static ContainerMount Volume(string name, string target) => new("volume", target) { Source = name };

    /// <summary>An empty folder in memory that everybody inside may write and nobody can start a program from.</summary>
    public static ContainerMount Memory(string target, long bytes) => new("tmpfs", target) { TmpfsOptions = new(bytes, Mode: 0b1_111_111_111) };
}

/// <summary>How a path of the machine is shown.</summary>
/// <param name="Propagation">Whether later mounts show through.</param>
/// <param name="NonRecursive">Whether mounts below it are left out.</param>
public sealed record BindOptions(string Propagation, bool NonRecursive);

/// <summary>A folder in memory.</summary>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Mode">Its permissions.</param>
public sealed record TmpfsOptions(long SizeBytes, int Mode);
