using System.Text.Json.Nodes;

namespace Moss.Containers.Recreation;

/// <summary>The part of a container that it shares with images: what the old image gave it is left out.</summary>
internal static class ConfigPart
{
    private const string Ports = "ExposedPorts";

    // A value that Moss wrote is not the person's.
    private const string OwnLabels = "moss.";

    private static readonly string[] Single = ["User", "WorkingDir", "StopSignal", "Shell"];

    public static JsonObject Of(SeenJson seen, string image, JsonObject host)
    {
        var config = seen.Config.DeepClone().AsObject();
        config["Image"] = image;
        foreach (var key in Single.Where(key => Same(config[key], seen.OldDefaults[key])))
        {
            config.Remove(key);
        }

        // Volumes without a name are given by their names, and the image to come names its own.
        config.Remove("Volumes");
        config.Remove("OnBuild");
        Command(config, seen.OldDefaults);
        config["Env"] = Left(config["Env"], seen.OldDefaults["Env"]);
        config["Labels"] = Labels(config["Labels"], seen.OldDefaults["Labels"]);
        config[Ports] = PortsOf(config[Ports], seen.OldDefaults[Ports], host);
        Healthcheck(config, seen.OldDefaults["Healthcheck"] as JsonObject);
        if (seen.SharesNetwork || seen.HostConfig["UTSMode"]?.GetValue<string>() == "host" || config["Hostname"]?.GetValue<string>() == seen.ShortName)
        {
            config.Remove("Hostname");
        }

        return config;
    }

    // Who gives an entry point replaces the image's arguments too; who gives arguments alone keeps the image's entry point.
    private static void Command(JsonObject config, JsonObject defaults)
    {
        if (!Same(config["Entrypoint"], defaults["Entrypoint"]))
        {
            return;
        }

        config.Remove("Entrypoint");
        if (Same(config["Cmd"], defaults["Cmd"]))
        {
            config.Remove("Cmd");
        }
    }

    private static JsonArray Left(JsonNode? given, JsonNode? defaults)
    {
        var taken = (defaults as JsonArray ?? []).Select(entry => entry!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        return [.. (given as JsonArray ?? []).Where(entry => !taken.Contains(entry!.GetValue<string>())).Select(entry => entry!.DeepClone())];
    }

    private static JsonObject Labels(JsonNode? given, JsonNode? defaults)
    {
        var left = Without(given as JsonObject, defaults as JsonObject);
        foreach (var own in left.Select(label => label.Key).Where(key => key.StartsWith(OwnLabels, StringComparison.Ordinal)).ToList())
        {
            left.Remove(own);
        }

        return left;
    }

    // A port that is published is open, whatever the image to come says.
    private static JsonObject PortsOf(JsonNode? given, JsonNode? defaults, JsonObject host)
    {
        var left = Without(given as JsonObject, defaults as JsonObject);
        foreach (var published in host["PortBindings"] as JsonObject ?? [])
        {
            left[published.Key] = new JsonObject();
        }

        return left;
    }

    // The engine takes each field that is not given from the image.
    private static void Healthcheck(JsonObject config, JsonObject? defaults)
    {
        if (config["Healthcheck"] is not JsonObject given)
        {
            return;
        }

        if (Without(given, defaults) is { Count: > 0 } left)
        {
            config["Healthcheck"] = left;
        }
        else
        {
            config.Remove("Healthcheck");
        }
    }

    private static JsonObject Without(JsonObject? given, JsonObject? defaults) => new(
        (given ?? []).Where(entry => defaults is null || !defaults.TryGetPropertyValue(entry.Key, out var known) || !Same(entry.Value, known))
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));

    private static bool Same(JsonNode? given, JsonNode? known) => JsonNode.DeepEquals(given, known);
}
