using System.Text.Json.Nodes;

namespace Moss.Testing.Models.Scripts;

/// <summary>OpenAI Responses.</summary>
internal sealed class ResponsesWire : Wire
{
    public override bool Serves(string path) => path.EndsWith("/responses", StringComparison.Ordinal);

    /// <summary>Newer clients put their tools into an item of the conversation, and into groups.</summary>
    public override IReadOnlyList<OfferedTool> Tools(JsonObject body) =>
    [
        .. List(body["tools"]).Concat(List(body["input"]).Where(item => item["type"]?.ToString() == "additional_tools").SelectMany(item => List(item["tools"])))
            .SelectMany(tool => tool["type"]?.ToString() == "namespace"
                ? List(tool["tools"]).Select(inner => Offered(inner, tool["name"]?.ToString()))
                : [Offered(tool, null)]),
    ];

    public override int Answered(JsonObject body) =>
        List(body["input"]).Count(item => item["type"]?.ToString().EndsWith("_call_output", StringComparison.Ordinal) == true);

    public override JsonObject Whole(JsonObject body, ModelAnswer answer) => Response(body, "completed", new JsonArray(Item(answer)), Usage());

    public override IEnumerable<string> Events(JsonObject body, ModelAnswer answer)
    {
        yield return Named("response.created", new() { ["response"] = Response(body, "in_progress", [], null) });
        var item = Item(answer);
        var begun = Copy(item)!;
        begun["status"] = "in_progress";
        if (answer.Call is null)
        {
            begun["content"] = new JsonArray();
        }

        yield return Named("response.output_item.added", new() { ["output_index"] = 0, ["item"] = begun });
        if (answer.Text is { } text)
        {
            yield return Piece(text);
        }

        yield return Named("response.output_item.done", new() { ["output_index"] = 0, ["item"] = Copy(item) });
        yield return Named("response.completed", new() { ["response"] = Response(body, "completed", new JsonArray(item), Usage()) });
    }

    public override string Piece(string text) =>
        Named("response.output_text.delta", new() { ["item_id"] = "item_scripted", ["output_index"] = 0, ["content_index"] = 0, ["delta"] = text });

    public override JsonObject Error(int status, string message) => ChatWire.OpenAi(status, message);

    private static OfferedTool Offered(JsonObject tool, string? group) =>
        new(tool["name"]?.ToString() ?? "", tool["type"]?.ToString() == "custom" ? null : Copy(tool["parameters"]) ?? [], group);

    private static string Named(string name, JsonObject data)
    {
        data.Insert(0, "type", name);
        return Event(data, name);
    }

    private static JsonObject Item(ModelAnswer answer)
    {
        if (answer.Call is not { } call)
        {
            return new()
            {
                ["type"] = "message", ["id"] = "item_scripted", ["role"] = "assistant", ["status"] = "completed",
                ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = answer.Text, ["annotations"] = new JsonArray() }),
            };
        }

        var item = new JsonObject
        {
            ["type"] = call.Text is null ? "function_call" : "custom_tool_call", ["id"] = Id("item"), ["call_id"] = Id("call"), ["name"] = call.Tool.Name, ["status"] = "completed",
        };
        item[call.Text is null ? "arguments" : "input"] = call.Text ?? call.Arguments!.ToJsonString();
        if (call.Tool.Namespace is { } group)
        {
            item["namespace"] = group;
        }

        return item;
    }

    private static JsonObject Usage() => new()
    {
        ["input_tokens"] = TokensIn, ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = TokensCached },
        ["output_tokens"] = TokensOut, ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 }, ["total_tokens"] = TokensIn + TokensOut,
    };

    private static JsonObject Response(JsonObject body, string status, JsonArray output, JsonObject? usage) => new()
    {
        ["id"] = Id("resp"), ["object"] = "response", ["created_at"] = 1_767_225_600, ["model"] = body["model"]?.ToString(), ["status"] = status,
        ["parallel_tool_calls"] = false, ["tools"] = new JsonArray(), ["output"] = output, ["usage"] = usage,
    };
}
