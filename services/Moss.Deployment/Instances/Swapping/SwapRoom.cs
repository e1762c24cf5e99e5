using System.Globalization;
using System.Text.Json.Nodes;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>Whether the engine's disk has room for one more container.</summary>
internal sealed class SwapRoom(ISwapEngine engine)
{
    /// <summary>How many times its image must fit.</summary>
    private const int Images = 2;

    /// <summary>Null when it has, or when its disk cannot be seen from here.</summary>
    public async Task<string?> ProblemAsync(JsonObject image, CancellationToken cancellationToken)
    {
        var root = await engine.RootAsync(cancellationToken);
        return Directory.Exists(root) ? Problem(root, new DriveInfo(root).AvailableFreeSpace, image["Size"]?.GetValue<long>() ?? 0) : null;
    }

    /// <summary>The rule. Pure.</summary>
    public static string? Problem(string root, long free, long image) => free >= Images * image
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{root} has {free >> 20} MiB left, and the new image has {image >> 20} MiB: make room for {Images} times as much");
}
