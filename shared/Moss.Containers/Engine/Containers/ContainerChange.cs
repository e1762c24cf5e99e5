namespace Moss.Containers.Engine.Containers;

/// <summary>Something that is not as the image has it.</summary>
/// <param name="Path">Absolute, inside.</param>
/// <param name="Kind">0 changed, 1 added, 2 removed.</param>
public sealed record ContainerChange(string Path, int Kind);
