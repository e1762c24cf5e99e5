using System.Text.RegularExpressions;
using Moss.Containers.Engine;

namespace Moss.Containers.Sandboxing;

/// <summary>Finds out whether this process itself runs in a container of the daemon it speaks to.</summary>
internal sealed partial class OwnContainer(EngineClient engine)
{
    private Place? found;

    /// <summary>Asks once.</summary>
    public async Task<Place> FindAsync(CancellationToken cancellationToken) =>
        found ??= await LookAsync(Id(await File.ReadAllTextAsync("/proc/self/mountinfo", cancellationToken)), cancellationToken);

    /// <summary>The id of the container, from the text of /proc/self/mountinfo: the daemon mounts a few files of its own for each.</summary>
    internal static string? Id(string mounts) => DaemonFile.Match(mounts) is { Success: true } match ? match.Groups["id"].Value : null;

    private async Task<Place> LookAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            return Place.Machine;
        }

        try
        {
            var container = await engine.Containers.InspectAsync(id, cancellationToken);
            return new Place(container.Id, new HostPaths(container.Mounts));
        }
        catch (EngineException stranger) when (stranger.Kind == EngineFailure.NotFound)
        {
            // A container of another daemon; this one runs beside us in it.
            return Place.Machine;
        }
    }

    [GeneratedRegex("/containers/(?<id>[0-9a-f]{64})/(hostname|hosts|resolv\\.conf) ", RegexOptions.ExplicitCapture)]
    private static partial Regex DaemonFile { get; }

    /// <summary>Where this process runs.</summary>
    /// <param name="Id">The container; null when it runs in none.</param>
    /// <param name="Paths">Where its files lie for the daemon.</param>
    internal sealed record Place(string? Id, HostPaths Paths)
    {
        public static Place Machine { get; } = new(null, new HostPaths(null));
    }
}
