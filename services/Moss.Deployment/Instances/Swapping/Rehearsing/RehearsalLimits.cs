using System.Text.Json.Nodes;

namespace Moss.Deployment.Instances.Swapping.Rehearsing;

/// <summary>
/// What of a container cannot be copied: a rehearsal with it would write to production, or talk to it. Pure. A socket below a folder that
/// is only read cannot be told from here.
/// </summary>
internal static class RehearsalLimits
{
    // Where machines keep their sockets and their devices.
    private static readonly string[] Live = ["/", "/run", "/var/run", "/dev", "/proc", "/sys"];

    // With these a process changes the machine under it.
    private static readonly string[] Powers = ["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO", "SYS_TIME", "SYS_BOOT", "DAC_READ_SEARCH", "BPF"];

    private static readonly string[] Devices = ["Devices", "DeviceRequests", "DeviceCgroupRules"];

    /// <summary>Each with what to do; none when it can be rehearsed.</summary>
    /// <param name="container">What the engine knows of the one that runs.</param>
    public static IEnumerable<string> Of(JsonObject container)
    {
        var host = container["HostConfig"] as JsonObject ?? [];
        return Reasons(host, [.. (container["Mounts"] as JsonArray ?? []).OfType<JsonObject>()])
            .Select(reason => $"it cannot be rehearsed: {reason}, or remove deploy.swap.rehearsal and declare deploy.swap.snapshot");
    }

    private static IEnumerable<string> Reasons(JsonObject host, IReadOnlyList<JsonObject> mounts)
    {
        if (!mounts.Any(mount => Text(mount, "Type") == "volume"))
        {
            yield return "no volume is mounted, so there is no state to copy; give it one";
        }

        foreach (var bind in mounts.Where(mount => Text(mount, "Type") == "bind"))
        {
            var (source, target) = (Text(bind, "Source"), Text(bind, "Destination"));
            if (bind["RW"]?.GetValue<bool>() is not false)
            {
                yield return $"{target} is the folder {source} of the machine and would be written to; mount a volume there, or make it read-only";
            }
            else if (IsLive(source) || source.EndsWith(".sock", StringComparison.Ordinal))
            {
                yield return $"{target} is {source} of the machine, through which it could talk to what runs; do not mount it";
            }
        }

        foreach (var strange in mounts.Where(mount => Text(mount, "Type") is not ("volume" or "bind" or "tmpfs" or "image")))
        {
            yield return $"{Text(strange, "Destination")} is a mount of kind {Text(strange, "Type")}, which is not copied; mount a volume there";
        }

        if (host["VolumesFrom"] is JsonArray { Count: > 0 })
        {
            yield return "it has the volumes of another container (--volumes-from); name them";
        }

        if (host["Privileged"]?.GetValue<bool>() is true)
        {
            yield return "it is privileged, and a copy of it could change the machine; run it without --privileged";
        }

        foreach (var power in Texts(host["CapAdd"]).Where(power => Powers.Contains(power.Replace("CAP_", "", StringComparison.Ordinal).ToUpperInvariant())))
        {
            yield return $"with the capability {power} a copy of it could change the machine; run it without";
        }

        foreach (var key in Devices.Where(key => host[key] is JsonArray { Count: > 0 }))
        {
            yield return $"it has devices of the machine ({key}), which two cannot use at once; run it without";
        }

        foreach (var (key, what) in SwapNeighbours.Shared.Where(shared => shared.Key != "NetworkMode"))
        {
            if (Text(host, key) is { } mode && (mode == "host" || mode.StartsWith("container:", StringComparison.Ordinal)))
            {
                yield return $"it shares its {what} ({key} {mode}), and a copy of it would meet what runs there; run it without";
            }
        }
    }

    private static bool IsLive(string source) =>
        Array.Exists(Live, folder => source == folder || (folder != "/" && source.StartsWith(folder + '/', StringComparison.Ordinal)));

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(entry => entry!.GetValue<string>());

    private static string Text(JsonObject of, string key) => of[key]?.GetValue<string>() ?? "";
}
