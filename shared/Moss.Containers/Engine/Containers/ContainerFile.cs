namespace Moss.Containers.Engine.Containers;

/// <summary>A file or folder within a container.</summary>
/// <param name="Name">The last part of its path.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Mtime">When it was last written.</param>
/// <param name="LinkTarget">Where it leads when it is a link; empty otherwise.</param>
public sealed record ContainerFile(string Name, long Size, DateTimeOffset Mtime, string? LinkTarget);
