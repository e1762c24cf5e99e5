using System.Text.Json.Nodes;

namespace Moss.Containers.Recreation;

/// <summary>What the engine said of a container, of its image and of the image to come.</summary>
internal sealed record SeenJson(JsonObject Container, JsonObject OldDefaults, JsonObject NewDefaults)
{
    /// <summary>Characters of an id that serve as a name where nobody gives another one.</summary>
    private const int ShortId = 12;

    public JsonObject Config => Part(Container, "Config");

    public JsonObject HostConfig => Part(Container, "HostConfig");

    /// <summary>The name that the engine gives a container in itself and in its networks.</summary>
    public string ShortName => Container["Id"]?.GetValue<string>() is { Length: >= ShortId } id ? id[..ShortId] : "";

    /// <summary><c>default</c>, <c>bridge</c>, <c>host</c>, <c>none</c>, <c>container:…</c> or a network.</summary>
    public string NetworkMode => HostConfig[nameof(NetworkMode)]?.GetValue<string>() ?? "default";

    /// <summary>Whether its network is that of the machine or of another container.</summary>
    public bool SharesNetwork => NetworkMode == "host" || NetworkMode.StartsWith("container:", StringComparison.Ordinal);

    /// <summary>The live part of its ports: what the engine chose.</summary>
    public JsonObject? LivePorts => (Container["NetworkSettings"] as JsonObject)?["Ports"] as JsonObject;

    /// <summary>Its networks by name.</summary>
    public JsonObject? Networks => (Container["NetworkSettings"] as JsonObject)?[nameof(Networks)] as JsonObject;

    public IEnumerable<JsonObject> Mounts => (Container[nameof(Mounts)] as JsonArray ?? []).OfType<JsonObject>();

    private static JsonObject Part(JsonObject of, string key) => of[key] as JsonObject ?? throw new FormatException($"The container engine does not say {key}.");
}
