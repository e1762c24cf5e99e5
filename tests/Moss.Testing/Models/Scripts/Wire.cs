using System.Text.Json.Nodes;

namespace Moss.Testing.Models.Scripts;

/// <summary>A protocol as a server of models speaks it.</summary>
internal abstract class Wire
{
    /// <summary>Tokens that every answer says it read, of which so many came from a cache, and wrote.</summary>
    public const int TokensIn = 1000;

    public const int TokensCached = 200;

    public const int TokensOut = 50;

    private static readonly Wire[] All = [new ResponsesWire(), new ChatWire(), new MessagesWire(), new GeminiWire()];

    /// <summary>Who speaks at this path; null for nobody.</summary>
    public static Wire? At(string path) => All.FirstOrDefault(wire => wire.Serves(path));

    public abstract bool Serves(string path);

    /// <summary>The tools of a request.</summary>
    public abstract IReadOnlyList<OfferedTool> Tools(JsonObject body);

    /// <summary>How many tools have answered in the conversation.</summary>
    public abstract int Answered(JsonObject body);

    /// <summary>Whether the answer is to come in pieces.</summary>
    public virtual bool Streams(JsonObject body, string path) => body["stream"]?.GetValue<bool>() == true;

    /// <summary>The answer as one body.</summary>
    public abstract JsonObject Whole(JsonObject body, ModelAnswer answer);

    /// <summary>The answer as the events of a stream: the first one begins it.</summary>
    public abstract IEnumerable<string> Events(JsonObject body, ModelAnswer answer);

    /// <summary>One more piece of text in a stream.</summary>
    public abstract string Piece(string text);

    /// <summary>A refusal's body.</summary>
    public abstract JsonObject Error(int status, string message);

    protected static string Event(JsonObject data, string? name = null) => $"{(name is null ? "" : $"event: {name}\n")}data: {data.ToJsonString()}\n\n";

    protected static IEnumerable<JsonObject> List(JsonNode? node) => (node as JsonArray)?.OfType<JsonObject>() ?? [];

    protected static JsonObject? Copy(JsonNode? node) => node?.DeepClone() as JsonObject;

    protected static string Id(string kind) => $"{kind}_{Guid.NewGuid():N}";
}
