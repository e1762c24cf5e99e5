using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.Trials.Judging;

/// <summary>Anthropic Messages; the answer is the input of a tool that the model has to use.</summary>
internal sealed class MessagesJudge : JudgeProtocol
{
    private const string Tool = "vote";

    public override string Word => "anthropic";

    public override string Path => "/v1/messages";

    public override ImmutableArray<(string Name, string Value)> Headers => [("anthropic-version", "2023-06-01")];

    public override JsonObject Write(string model, JudgePrompt prompt) => new()
    {
        ["model"] = model,
        ["max_tokens"] = MostTokens,
        ["system"] = prompt.System,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt.User }),
        ["tools"] = new JsonArray(new JsonObject { ["name"] = Tool, ["description"] = "Takes the answer.", ["input_schema"] = Schema }),
        ["tool_choice"] = new JsonObject { ["type"] = "tool", ["name"] = Tool },
    };

    public override bool? Read(JsonElement answer) =>
        ReadVote(Member(First(answer, "content", block => Is(block, "type", "tool_use") && Is(block, "name", Tool)), "input"));

    public override (long In, long Out) Usage(JsonElement answer)
    {
        var usage = Member(answer, "usage");
        return (Count(usage, "input_tokens"), Count(usage, "output_tokens"));
    }

    private static bool Is(JsonElement block, string name, string value) => Member(block, name) is { ValueKind: JsonValueKind.String } text && text.ValueEquals(value);
}
