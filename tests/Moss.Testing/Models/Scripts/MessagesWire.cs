using System.Text.Json.Nodes;

namespace Moss.Testing.Models.Scripts;

/// <summary>Anthropic Messages.</summary>
internal sealed class MessagesWire : Wire
{
    public override bool Serves(string path) => path.EndsWith("/v1/messages", StringComparison.Ordinal);

    public override IReadOnlyList<OfferedTool> Tools(JsonObject body) =>
        [.. List(body["tools"]).Where(tool => tool["input_schema"] is not null).Select(tool => new OfferedTool(tool["name"]?.ToString() ?? "", Copy(tool["input_schema"])))];

    public override int Answered(JsonObject body) =>
        List(body["messages"]).Sum(message => List(message["content"]).Count(part => part["type"]?.ToString() == "tool_result"));

    public override JsonObject Whole(JsonObject body, ModelAnswer answer) => Message(body, new JsonArray(Block(answer)), Reason(answer), TokensOut);

    public override IEnumerable<string> Events(JsonObject body, ModelAnswer answer)
    {
        yield return Named("message_start", new() { ["message"] = Message(body, [], null, 1) });
        var block = Block(answer);
        var input = block["input"]?.ToJsonString();
        block[input is null ? "text" : "input"] = input is null ? "" : new JsonObject();
        yield return Named("content_block_start", new() { ["index"] = 0, ["content_block"] = block });
        yield return input is null
            ? Piece(answer.Text!)
            : Named("content_block_delta", new() { ["index"] = 0, ["delta"] = new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = input } });
        yield return Named("content_block_stop", new() { ["index"] = 0 });
        yield return Named("message_delta", new()
        {
            ["delta"] = new JsonObject { ["stop_reason"] = Reason(answer), ["stop_sequence"] = null }, ["usage"] = new JsonObject { ["output_tokens"] = TokensOut },
        });
        yield return Named("message_stop", []);
    }

    public override string Piece(string text) =>
        Named("content_block_delta", new() { ["index"] = 0, ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = text } });

    public override JsonObject Error(int status, string message) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject
        {
            ["type"] = status switch { 401 => "authentication_error", 429 => "rate_limit_error", 529 => "overloaded_error", _ => "api_error" },
            ["message"] = message,
        },
    };

    private static string Named(string name, JsonObject data)
    {
        data.Insert(0, "type", name);
        return Event(data, name);
    }

    private static JsonObject Block(ModelAnswer answer) => answer.Call is { } call
        ? new() { ["type"] = "tool_use", ["id"] = Id("toolu"), ["name"] = call.Tool.Name, ["input"] = call.Arguments!.DeepClone() }
        : new() { ["type"] = "text", ["text"] = answer.Text };

    private static string Reason(ModelAnswer answer) => answer.Call is null ? "end_turn" : "tool_use";

    private static JsonObject Message(JsonObject body, JsonArray content, string? reason, int written) => new()
    {
        ["id"] = Id("msg"), ["type"] = "message", ["role"] = "assistant", ["model"] = body["model"]?.ToString(), ["content"] = content,
        ["stop_reason"] = reason, ["stop_sequence"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = TokensIn - TokensCached, ["cache_creation_input_tokens"] = 0, ["cache_read_input_tokens"] = TokensCached, ["output_tokens"] = written,
        },
    };
}
