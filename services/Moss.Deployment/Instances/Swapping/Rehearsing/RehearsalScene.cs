using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Moss.Containers.Recreation;

namespace Moss.Deployment.Instances.Swapping.Rehearsing;

/// <summary>A volume where it is mounted.</summary>
/// <param name="Folder">In the container.</param>
/// <param name="Name">The engine's, also where nobody gave it one.</param>
/// <param name="Written">Whether the container may write there.</param>
internal sealed record MountedVolume(string Folder, string Name, bool Written);

/// <summary>What a rehearsal needs of the container that serves.</summary>
/// <param name="Serving">JSON that the engine would make it from once more.</param>
/// <param name="Image">The id of its image.</param>
/// <param name="Volumes">All of its volumes.</param>
internal sealed record RehearsalScene(string Serving, string Image, ImmutableArray<MountedVolume> Volumes)
{
    /// <summary>Reads it out of what the engine knows. Pure.</summary>
    public static RehearsalScene Of(JsonObject container, JsonObject image) => new(
        Recreation.Of(container, image, image).Body,
        container[nameof(Image)]!.GetValue<string>(),
        [
            .. (container["Mounts"] as JsonArray ?? []).OfType<JsonObject>().Where(mount => mount["Type"]?.GetValue<string>() == "volume")
                .Select(mount => new MountedVolume(mount["Destination"]!.GetValue<string>(), mount["Name"]!.GetValue<string>(), mount["RW"]?.GetValue<bool>() is not false))
                .OrderBy(volume => volume.Folder, StringComparer.Ordinal),
        ]);

    /// <summary>Folders that are written and whose volumes are not among these.</summary>
    public ImmutableArray<string> Uncopied(ImmutableArray<string> copied) =>
        [.. Volumes.Where(volume => volume.Written && !copied.Contains(volume.Name)).Select(volume => volume.Folder)];
}
