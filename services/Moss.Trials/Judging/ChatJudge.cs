using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.Trials.Judging;

/// <summary>OpenAI Chat Completions with structured output, as most servers of models speak it.</summary>
internal sealed class ChatJudge : JudgeProtocol
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public override string Word => "openai-chat";

    public override string Path => "/chat/completions";

    public override JsonObject Write(string model, JudgePrompt prompt) => new()
    {
        ["model"] = model,
        ["messages"] = new JsonArray(
            new JsonObject { ["role"] = "system", ["content"] = prompt.System }, new JsonObject { ["role"] = "user", ["content"] = prompt.User }),
        ["max_completion_tokens"] = MostTokens,
        ["response_format"] = new JsonObject
        {
            ["type"] = "json_schema",
            ["json_schema"] = new JsonObject { ["name"] = "vote", ["strict"] = true, ["schema"] = Schema },
        },
    };

    public override bool? Read(JsonElement answer)
    {
        var content = Member(Member(First(answer, "choices", _ => true), "message"), "content");
        if (content.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            using var vote = JsonDocument.Parse(content.GetString()!, Strict);
            return ReadVote(vote.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override (long In, long Out) Usage(JsonElement answer)
    {
        var usage = Member(answer, "usage");
        return (Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"));
    }
}
