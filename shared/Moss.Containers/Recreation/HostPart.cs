using System.Text.Json.Nodes;

namespace Moss.Containers.Recreation;

/// <summary>The part of a container that says how it sits on its machine: all of it is kept, and what the engine chose is made firm.</summary>
internal static class HostPart
{
    public static JsonObject Of(SeenJson seen)
    {
        var host = seen.HostConfig.DeepClone().AsObject();
        host.Remove("ContainerIDFile");
        host["RestartPolicy"] = new JsonObject { ["Name"] = "no" };
        host["Binds"] = Binds(host, seen.Mounts);
        host["PortBindings"] = Ports(host["PortBindings"] as JsonObject, host["PublishAllPorts"]?.GetValue<bool>() is true, seen.LivePorts);
        host["Links"] = Links(host["Links"] as JsonArray);
        return host;
    }

    /// <summary>Volumes without a name have one all the same, and are given by it.</summary>
    private static JsonArray Binds(JsonObject host, IEnumerable<JsonObject> mounts)
    {
        var binds = (host["Binds"] as JsonArray ?? []).Select(bind => bind!.GetValue<string>()).ToList();
        foreach (var volume in mounts.Where(mount => Text(mount, "Type") == "volume"))
        {
            var (name, destination) = (Text(volume, "Name"), Text(volume, "Destination"));
            var declared = (host["Mounts"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(mount => Text(mount, "Target") == destination);
            if (declared is not null)
            {
                declared["Source"] = name;
            }
            else if (!binds.Any(bind => bind.Split(':') is [_, var target, ..] && target == destination))
            {
                binds.Add($"{name}:{destination}{(volume["RW"]?.GetValue<bool>() is false ? ":ro" : "")}");
            }
        }

        return [.. binds.Select(bind => JsonValue.Create(bind))];
    }

    private static JsonObject? Ports(JsonObject? given, bool all, JsonObject? live)
    {
        var ports = new JsonObject((given ?? []).Select(port => KeyValuePair.Create(port.Key, Firm(port.Value as JsonArray, live?[port.Key] as JsonArray))));
        foreach (var chosen in (all ? live : null) ?? [])
        {
            if (!ports.ContainsKey(chosen.Key) && chosen.Value is JsonArray { Count: > 0 } places)
            {
                ports[chosen.Key] = new JsonArray(places[0]!.DeepClone());
            }
        }

        return ports.Count == 0 && given is null ? null : ports;
    }

    private static JsonNode? Firm(JsonArray? given, JsonArray? live)
    {
        var places = given?.DeepClone().AsArray();
        foreach (var place in (places ?? []).OfType<JsonObject>().Where(place => Text(place, "HostPort") is "" or "0"))
        {
            var address = Text(place, "HostIp");
            var found = (live ?? []).OfType<JsonObject>().FirstOrDefault(found => address.Length == 0 || Text(found, "HostIp") == address);
            place["HostPort"] = found is null ? "" : Text(found, "HostPort");
        }

        return places;
    }

    /// <summary>Told as <c>/other:/this/alias</c>, taken as <c>other:alias</c>.</summary>
    private static JsonArray? Links(JsonArray? given) => given is null
        ? null
        : [.. given.Select(link => link!.GetValue<string>().Split(':')).Select(link => JsonValue.Create($"{link[0].TrimStart('/')}:{link[^1].Split('/')[^1]}"))];

    private static string Text(JsonObject of, string key) => of[key]?.GetValue<string>() ?? "";
}
