using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.Containers.Recreation;

/// <summary>
/// A container made again with another image. The engine's own words are copied, so that nothing is lost that Moss has no words for;
/// what came from the old image is left out, so that the new one's values count; what the engine filled in is made what the person
/// had: the volumes without a name keep their content, a port that was chosen by chance keeps its number.
/// </summary>
public static class Recreation
{
    private static readonly JsonSerializerOptions Plain = new() { WriteIndented = false };

    /// <summary>Works out the container. Pure.</summary>
    /// <param name="container">What the engine knows of the one that is there.</param>
    /// <param name="oldImage">What it knows of that one's image.</param>
    /// <param name="newImage">What it knows of the image to come.</param>
    /// <exception cref="FormatException">The engine left out what each container has.</exception>
    public static RecreatedContainer Of(JsonObject container, JsonObject oldImage, JsonObject newImage)
    {
        var seen = new SeenJson(container, oldImage["Config"] as JsonObject ?? [], newImage["Config"] as JsonObject ?? []);
        var host = HostPart.Of(seen);
        var body = ConfigPart.Of(seen, Text(newImage, "Id"), host);
        body["HostConfig"] = host;
        var (first, others) = NetworkPart.Of(seen);
        if (first is { } endpoint)
        {
            body["NetworkingConfig"] = new JsonObject { ["EndpointsConfig"] = new JsonObject { [endpoint.Key] = endpoint.Value } };
        }

        return new RecreatedContainer(
            Text(container, "Name").TrimStart('/'),
            body.ToJsonString(Plain),
            others,
            (seen.HostConfig["RestartPolicy"] ?? new JsonObject { ["Name"] = "no" }).ToJsonString(Plain),
            Differences.Of(seen));
    }

    private static string Text(JsonObject of, string key) => of[key]?.GetValue<string>() ?? throw new FormatException($"The container engine does not say {key}.");
}
