using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.ModelProxy.Metering;

namespace Moss.ModelProxy.Protocols;

/// <summary>OpenAI Chat Completions, as most servers of models speak it.</summary>
internal sealed class ChatProtocol : Protocol
{
    public override string Word => "openai-chat";

    public override string BasePath => "/v1";

    public override ImmutableArray<ModelRoute> Routes { get; } =
        [new("POST", "/chat/completions", Metered: true), new("GET", "/models", Metered: false), new("GET", "/models/*", Metered: false)];

    public override ModelAsk Ask(string path, JsonObject body) => new(
        RequestFields.Text(body, "model"),
        (RequestFields.Count(body, "max_completion_tokens") ?? RequestFields.Count(body, "max_tokens")) * Math.Max(1, RequestFields.Count(body, "n") ?? 1));

    public override bool AskForUsage(JsonObject body)
    {
        if (!RequestFields.Flag(body, "stream") || (body["stream_options"] is JsonObject asked && RequestFields.Flag(asked, "include_usage")))
        {
            return false;
        }

        var options = body["stream_options"] as JsonObject ?? [];
        options["include_usage"] = true;
        body["stream_options"] = options;
        return true;
    }

    public override UsageSoFar Read(UsageSoFar before, JsonElement message)
    {
        var usage = message.Object("usage");
        var text = Fields.Items(message, "choices").Sum(choice =>
            (choice.Field("delta") ?? choice.Field("message")).TextBytes() + (choice.Field("text")).TextBytes());
        return before with
        {
            In = usage.Count("prompt_tokens") ?? before.In,
            CachedIn = usage.Object("prompt_tokens_details").Count("cached_tokens") ?? usage.Count("prompt_cache_hit_tokens") ?? before.CachedIn,
            Out = usage.Count("completion_tokens") ?? before.Out,
            TextBytes = before.TextBytes + text,
            Whole = before.Whole || usage.Count("prompt_tokens") is not null,
        };
    }

    public override (string Name, string Value) KeyHeader(string key) => ("Authorization", $"Bearer {key}");

    public override JsonObject Error(Refusal refusal) => OpenAiErrors.Write(refusal);
}
