using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.ModelProxy.Metering;

namespace Moss.ModelProxy.Protocols;

/// <summary>OpenAI Responses.</summary>
internal sealed class ResponsesProtocol : Protocol
{
    public override string Word => "openai-responses";

    public override string BasePath => "/v1";

    public override ImmutableArray<ModelRoute> Routes { get; } =
    [
        new("POST", "/responses", Metered: true), new("POST", "/responses/compact", Metered: true), new("GET", "/models", Metered: false), new("GET", "/models/*", Metered: false),
    ];

    public override ModelAsk Ask(string path, JsonObject body) => new(RequestFields.Text(body, "model"), RequestFields.Count(body, "max_output_tokens"));

    public override UsageSoFar Read(UsageSoFar before, JsonElement message)
    {
        // Only the last event has the whole response in it; the others repeat what the deltas said.
        var type = message.Text("type");
        if (type?.EndsWith(".delta", StringComparison.Ordinal) == true)
        {
            return before with { TextBytes = before.TextBytes + message.Field("delta").TextBytes() };
        }

        var usage = (type is null ? message.Object() : message.Object("response")).Object("usage");
        return usage.Count("input_tokens") is { } read
            ? before with
            {
                In = read,
                CachedIn = usage.Object("input_tokens_details").Count("cached_tokens") ?? 0,
                Out = usage.Count("output_tokens") ?? 0,
                Whole = true,
            }
            : before;
    }

    public override (string Name, string Value) KeyHeader(string key) => ("Authorization", $"Bearer {key}");

    public override JsonObject Error(Refusal refusal) => OpenAiErrors.Write(refusal);
}
