using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Moss.Containers.Recreation;

/// <summary>How a container is joined to networks: what a person gave it there, and nothing that the engine made of it.</summary>
internal static class NetworkPart
{
    // Where the engine takes neither aliases nor addresses.
    private static readonly string[] Plain = ["default", "bridge", "host", "none"];

    private static readonly string[] Given = ["IPAMConfig", "Links", "DriverOpts"];

    /// <summary>The first network, with which it is made, and the others.</summary>
    public static (KeyValuePair<string, JsonNode?>? First, ImmutableSortedDictionary<string, string> Others) Of(SeenJson seen)
    {
        if (seen.SharesNetwork || seen.NetworkMode == "none" || seen.Networks is not { } networks)
        {
            return (null, ImmutableSortedDictionary<string, string>.Empty);
        }

        var first = networks.FirstOrDefault(network => IsFirst(network, seen.NetworkMode)).Key;
        var others = networks.Where(network => network.Key != first)
            .ToImmutableSortedDictionary(network => network.Key, network => Endpoint(network, seen.ShortName).ToJsonString());
        return (first is null || Plain.Contains(first) ? null : KeyValuePair.Create(first, (JsonNode?)Endpoint(KeyValuePair.Create(first, networks[first]), seen.ShortName)), others);
    }

    private static bool IsFirst(KeyValuePair<string, JsonNode?> network, string mode) =>
        network.Key == mode || (mode == "default" && network.Key == "bridge") || (network.Value as JsonObject)?["NetworkID"]?.GetValue<string>() == mode;

    private static JsonObject Endpoint(KeyValuePair<string, JsonNode?> network, string shortName)
    {
        var endpoint = new JsonObject();
        if (network.Value is not JsonObject seen || Plain.Contains(network.Key))
        {
            return endpoint;
        }

        foreach (var key in Given.Where(key => seen[key] is not null))
        {
            endpoint[key] = seen[key]!.DeepClone();
        }

        if (seen["Aliases"] is JsonArray aliases)
        {
            endpoint["Aliases"] = new JsonArray([.. aliases.Where(alias => alias!.GetValue<string>() != shortName).Select(alias => alias!.DeepClone())]);
        }

        return endpoint;
    }
}
