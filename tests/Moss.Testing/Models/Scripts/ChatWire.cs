using System.Text.Json.Nodes;

namespace Moss.Testing.Models.Scripts;

/// <summary>OpenAI Chat Completions.</summary>
internal sealed class ChatWire : Wire
{
    public override bool Serves(string path) => path.EndsWith("/chat/completions", StringComparison.Ordinal);

    public override IReadOnlyList<OfferedTool> Tools(JsonObject body) =>
        [.. List(body["tools"]).Select(tool => new OfferedTool(tool["function"]?["name"]?.ToString() ?? "", Copy(tool["function"]?["parameters"]) ?? []))];

    public override int Answered(JsonObject body) => List(body["messages"]).Count(message => message["role"]?.ToString() == "tool");

    public override JsonObject Whole(JsonObject body, ModelAnswer answer)
    {
        var whole = Base(body, "chat.completion");
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.Text };
        if (answer.Call is { } call)
        {
            message["tool_calls"] = Calls(call);
        }

        whole["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = Reason(answer) });
        whole["usage"] = Usage();
        return whole;
    }

    public override IEnumerable<string> Events(JsonObject body, ModelAnswer answer)
    {
        yield return Chunk(body, new JsonObject { ["role"] = "assistant", ["content"] = "" }, null);
        yield return Chunk(body, answer.Call is { } call ? new JsonObject { ["tool_calls"] = Calls(call) } : new JsonObject { ["content"] = answer.Text }, null);
        yield return Chunk(body, [], Reason(answer));
        var last = Base(body, "chat.completion.chunk");
        last["choices"] = new JsonArray();
        last["usage"] = Usage();
        yield return Event(last);
        yield return "data: [DONE]\n\n";
    }

    public override string Piece(string text) => Chunk([], new JsonObject { ["content"] = text }, null);

    public override JsonObject Error(int status, string message) => OpenAi(status, message);

    public static JsonObject OpenAi(int status, string message) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = message,
            ["type"] = status switch { 401 => "authentication_error", 429 => "rate_limit_error", _ => "api_error" },
            ["code"] = status switch { 401 => "invalid_api_key", 429 => "rate_limit_exceeded", _ => null },
            ["param"] = null,
        },
    };

    private static string Chunk(JsonObject body, JsonObject delta, string? reason)
    {
        var chunk = Base(body, "chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason });
        return Event(chunk);
    }

    private static JsonObject Base(JsonObject body, string kind) => new()
    {
        ["id"] = "chatcmpl_scripted", ["object"] = kind, ["created"] = 1_767_225_600, ["model"] = body["model"]?.ToString() ?? "m",
    };

    private static JsonArray Calls(ToolCall call) => new(new JsonObject
    {
        ["index"] = 0, ["id"] = Id("call"), ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Tool.Name, ["arguments"] = call.Arguments!.ToJsonString() },
    });

    private static string Reason(ModelAnswer answer) => answer.Call is null ? "stop" : "tool_calls";

    private static JsonObject Usage() => new()
    {
        ["prompt_tokens"] = TokensIn, ["completion_tokens"] = TokensOut, ["total_tokens"] = TokensIn + TokensOut,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = TokensCached },
    };
}
