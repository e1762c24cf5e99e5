using System.Text.Json.Nodes;

namespace Moss.Deployment.Instances.Swapping.Rehearsing;

/// <summary>
/// A container as a recipe makes it, but alone in the world: without a network, without ports, on copies of its volumes, and unknown to
/// Compose and to all who go by labels. Pure.
/// </summary>
internal static class RehearsalBody
{
    // They say where it stands, who may reach it and whom it tells what it prints.
    private static readonly string[] Place =
    [
        "PortBindings", "PublishAllPorts", "Links", "Dns", "DnsOptions", "DnsSearch", "AutoRemove", "UTSMode", "IpcMode", "PidMode",
    ];

    private static readonly string[] Address = ["NetworkingConfig", "ExposedPorts", "MacAddress", "Domainname"];

    /// <param name="recipe">JSON that the engine makes the container from; volumes are given by their names.</param>
    /// <param name="copies">The copy of each volume.</param>
    /// <param name="labels">All that it has beside its image's.</param>
    public static JsonObject Of(string recipe, IReadOnlyDictionary<string, string> copies, IReadOnlyDictionary<string, string> labels)
    {
        var body = JsonNode.Parse(recipe)!.AsObject();
        var host = body["HostConfig"]!.AsObject();
        Remove(body, Address);
        Remove(host, Place);
        body["Labels"] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));

        // Only what shows that the state was read counts.
        body["Healthcheck"] = new JsonObject { ["Test"] = new JsonArray("NONE") };
        host["NetworkMode"] = "none";
        host["RestartPolicy"] = new JsonObject { ["Name"] = "no" };
        host["LogConfig"] = new JsonObject { ["Type"] = "json-file", ["Config"] = new JsonObject { ["max-size"] = "1m", ["max-file"] = "1" } };
        host["Binds"] = Binds(host["Binds"] as JsonArray, copies);
        foreach (var mount in (host["Mounts"] as JsonArray ?? []).OfType<JsonObject>().Where(mount => Text(mount, "Type") == "volume"))
        {
            mount["Source"] = copies[Text(mount, "Source")];
            if (mount["VolumeOptions"] is JsonObject options)
            {
                Remove(options, ["Labels", "DriverConfig"]);
            }
        }

        // Nobody else says there what its own name means.
        if (Text(body, "Hostname") is { Length: > 0 } name)
        {
            var known = host["ExtraHosts"] as JsonArray ?? [];
            host["ExtraHosts"] = new JsonArray([.. known.Select(entry => entry!.DeepClone()), JsonValue.Create($"{name}:127.0.0.1")]);
        }

        return body;
    }

    // What begins with a slash is a folder of the machine, which is only read.
    private static JsonArray Binds(JsonArray? binds, IReadOnlyDictionary<string, string> copies) =>
    [
        .. (binds ?? []).Select(bind => bind!.GetValue<string>()).Select(bind => bind.StartsWith('/') ? bind : Copied(bind.Split(':', 2), copies))
            .Select(bind => JsonValue.Create(bind)),
    ];

    private static string Copied(string[] bind, IReadOnlyDictionary<string, string> copies) => $"{copies[bind[0]]}:{bind[1]}";

    private static void Remove(JsonObject of, string[] keys)
    {
        foreach (var key in keys)
        {
            of.Remove(key);
        }
    }

    private static string Text(JsonObject of, string key) => of[key]?.GetValue<string>() ?? "";
}
