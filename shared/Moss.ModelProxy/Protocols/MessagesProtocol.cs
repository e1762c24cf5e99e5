using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.ModelProxy.Metering;

namespace Moss.ModelProxy.Protocols;

/// <summary>Anthropic Messages.</summary>
internal sealed class MessagesProtocol : Protocol
{
    public override string Word => "anthropic";

    public override string BasePath => "";

    public override ImmutableArray<ModelRoute> Routes { get; } =
    [
        new("POST", "/v1/messages", Metered: true), new("POST", "/v1/messages/count_tokens", Metered: false),
        new("GET", "/v1/models", Metered: false), new("GET", "/v1/models/*", Metered: false),
    ];

    public override ModelAsk Ask(string path, JsonObject body) => new(RequestFields.Text(body, "model"), RequestFields.Count(body, "max_tokens"));

    public override UsageSoFar Read(UsageSoFar before, JsonElement message) => message.Text("type") switch
    {
        "message_start" => Counted(before, message.Object("message", "usage")),
        "content_block_delta" => before with { TextBytes = before.TextBytes + DeltaBytes(message.Field("delta")) },
        "message_delta" => Counted(before, message.Object("usage")) with { Whole = before.In is not null || message.Object("usage").Count("input_tokens") is not null },
        "message" => Counted(before, message.Object("usage")) with { Whole = message.Object("usage").Count("input_tokens") is not null },
        _ => before,
    };

    public override (string Name, string Value) KeyHeader(string key) => ("x-api-key", key);

    public override JsonObject Error(Refusal refusal) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject
        {
            ["type"] = refusal.Status switch
            {
                400 or 415 => "invalid_request_error",
                401 => "authentication_error",
                402 => "billing_error",
                403 => "permission_error",
                413 => "request_too_large",
                _ => "api_error",
            },
            ["message"] = $"Moss: {refusal.Message} ({refusal.Code})",
        },
    };

    /// <summary>Tokens from and to the cache are not among its input tokens.</summary>
    private static UsageSoFar Counted(UsageSoFar before, JsonElement? usage)
    {
        var cached = usage.Count("cache_read_input_tokens") ?? before.CachedIn;
        var written = usage.Count("cache_creation_input_tokens") ?? before.CacheWrite;
        var fresh = usage.Count("input_tokens") ?? before.In - before.CachedIn - before.CacheWrite;
        return before with { In = fresh + cached + written, CachedIn = cached, CacheWrite = written, Out = usage.Count("output_tokens") ?? before.Out };
    }

    private static long DeltaBytes(JsonElement? delta) =>
        delta is { } part ? part.Field("text").TextBytes() + part.Field("partial_json").TextBytes() + part.Field("thinking").TextBytes() : 0;
}
