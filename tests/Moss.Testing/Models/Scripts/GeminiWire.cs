using System.Text.Json.Nodes;

namespace Moss.Testing.Models.Scripts;

/// <summary>Google's generateContent.</summary>
internal sealed class GeminiWire : Wire
{
    public override bool Serves(string path) => path.EndsWith(":generateContent", StringComparison.Ordinal) || path.EndsWith(":streamGenerateContent", StringComparison.Ordinal);

    public override bool Streams(JsonObject body, string path) => path.EndsWith(":streamGenerateContent", StringComparison.Ordinal);

    public override IReadOnlyList<OfferedTool> Tools(JsonObject body) =>
    [
        .. List(body["tools"]).SelectMany(tool => List(tool["functionDeclarations"]))
            .Select(function => new OfferedTool(function["name"]?.ToString() ?? "", Copy(function["parametersJsonSchema"] ?? function["parameters"]) ?? [])),
    ];

    public override int Answered(JsonObject body) => List(body["contents"]).Sum(content => List(content["parts"]).Count(part => part["functionResponse"] is not null));

    public override JsonObject Whole(JsonObject body, ModelAnswer answer) => Candidate(
        answer.Call is { } call
            ? new()
            {
                ["functionCall"] = new JsonObject { ["id"] = Id("fc"), ["name"] = call.Tool.Name, ["args"] = call.Arguments!.DeepClone() },
                ["thoughtSignature"] = "c2NyaXB0",
            }
            : new() { ["text"] = answer.Text },
        "STOP");

    public override IEnumerable<string> Events(JsonObject body, ModelAnswer answer) => [Event(Whole(body, answer))];

    public override string Piece(string text) => Event(Candidate(new() { ["text"] = text }, null));

    public override JsonObject Error(int status, string message) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = status, ["message"] = message,
            ["status"] = status switch { 401 => "UNAUTHENTICATED", 429 => "RESOURCE_EXHAUSTED", 500 => "INTERNAL", _ => "UNAVAILABLE" },
        },
    };

    private static JsonObject Candidate(JsonObject part, string? reason)
    {
        var candidate = new JsonObject { ["index"] = 0, ["content"] = new JsonObject { ["role"] = "model", ["parts"] = new JsonArray(part) } };
        if (reason is not null)
        {
            candidate["finishReason"] = reason;
        }

        return new()
        {
            ["candidates"] = new JsonArray(candidate),
            ["usageMetadata"] = new JsonObject
            {
                ["promptTokenCount"] = TokensIn, ["candidatesTokenCount"] = TokensOut, ["totalTokenCount"] = TokensIn + TokensOut, ["cachedContentTokenCount"] = TokensCached,
            },
            ["modelVersion"] = "scripted", ["responseId"] = Id("resp"),
        };
    }
}
