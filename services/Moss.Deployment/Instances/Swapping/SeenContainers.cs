using System.Globalization;
using System.Text.Json.Nodes;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>Reads what matters out of what the engine knows.</summary>
internal static class SeenContainers
{
    public static SwapContainer Read(JsonObject container)
    {
        var (state, config, host) = (Part(container, "State"), Part(container, "Config"), Part(container, "HostConfig"));
        var runs = state["Running"]?.GetValue<bool>() is true;
        var started = Moment(state, "StartedAt");
        return new SwapContainer(Text(container, "Id"), Text(container, "Name").TrimStart('/'), Text(container, "Image"), Texts(config["Labels"]), runs)
        {
            Pid = state["Pid"]?.GetValue<int>() ?? 0,
            StartedAt = started,
            EndedAt = Moment(state, "FinishedAt"),
            End = runs || started is null ? null : HowItEnded(state),
            Health = (state["Health"] as JsonObject)?["Status"]?.GetValue<string>() is { } health and not "none" ? health : null,
            RestartPolicy = (host["RestartPolicy"] as JsonObject)?["Name"]?.GetValue<string>() is { Length: > 0 } policy ? policy : "no",
            Grace = config["StopTimeout"]?.GetValue<int>() is { } grace and >= 0 ? TimeSpan.FromSeconds(grace) : null,
            Namespaces = SwapNeighbours.Shared.ToDictionary(shared => shared.Key, shared => Text(host, shared.Key), StringComparer.Ordinal),
            HasChosenPort = host["PublishAllPorts"]?.GetValue<bool>() is true
                || Part(host, "PortBindings").SelectMany(port => port.Value as JsonArray ?? []).OfType<JsonObject>().Any(place => Text(place, "HostPort") is "" or "0"),
            Made = new JsonObject(MadeFrom.Parts.Select(part => KeyValuePair.Create(part, (config[part] ?? host[part])?.DeepClone()))),
            Addresses = Addresses(Part(container, "NetworkSettings")),
            Volumes = (container["Mounts"] as JsonArray ?? []).OfType<JsonObject>().Where(mount => Text(mount, "Type") == "volume")
                .ToDictionary(mount => Text(mount, "Destination"), mount => Text(mount, "Name"), StringComparer.Ordinal),
        };
    }

    private static string HowItEnded(JsonObject state)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"ended with exit code {state["ExitCode"]?.GetValue<int>() ?? 0}");
        var memory = state["OOMKilled"]?.GetValue<bool>() is true ? ", out of memory" : "";
        var error = Text(state, "Error") is { Length: > 0 } said ? $": {said}" : "";
        return code + memory + error;
    }

    private static Dictionary<string, string> Addresses(JsonObject settings) => (settings["Networks"] as JsonObject ?? [])
        .Where(network => network.Value is JsonObject end && Text(end, "IPAddress").Length > 0)
        .ToDictionary(network => network.Key, network => Text((JsonObject)network.Value!, "IPAddress"), StringComparer.Ordinal);

    private static Dictionary<string, string> Texts(JsonNode? map) => (map as JsonObject ?? [])
        .ToDictionary(entry => entry.Key, entry => entry.Value?.GetValue<string>() ?? "", StringComparer.Ordinal);

    // The engine says year 1 for never.
    private static DateTimeOffset? Moment(JsonObject of, string key) =>
        DateTimeOffset.TryParse(Text(of, key), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year > 1 ? moment : null;

    private static JsonObject Part(JsonObject of, string key) => of[key] as JsonObject ?? [];

    private static string Text(JsonObject of, string key) => of[key]?.GetValue<string>() ?? "";
}
