using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.ModelProxy.Metering;

namespace Moss.ModelProxy.Protocols;

/// <summary>Google's generateContent.</summary>
internal sealed class GeminiProtocol : Protocol
{
    public override string Word => "gemini";

    public override string BasePath => "";

    public override ImmutableArray<ModelRoute> Routes { get; } =
    [
        .. new[] { "/v1beta", "/v1" }.SelectMany(version => new ModelRoute[]
        {
            new("POST", version + "/models/*:generateContent", Metered: true), new("POST", version + "/models/*:streamGenerateContent", Metered: true),
            new("POST", version + "/models/*:countTokens", Metered: false), new("GET", version + "/models", Metered: false), new("GET", version + "/models/*", Metered: false),
        }),
    ];

    /// <summary>It takes camel case and snake case alike.</summary>
    public override ModelAsk Ask(string path, JsonObject body)
    {
        var settings = (body["generationConfig"] ?? body["generation_config"]) as JsonObject;
        var most = RequestFields.Count(settings, "maxOutputTokens") ?? RequestFields.Count(settings, "max_output_tokens");
        var choices = RequestFields.Count(settings, "candidateCount") ?? RequestFields.Count(settings, "candidate_count") ?? 1;
        var name = path[(path.LastIndexOf('/') + 1)..];
        return new(name.Contains(':', StringComparison.Ordinal) ? name[..name.LastIndexOf(':')] : name, most * Math.Max(1, choices));
    }

    public override UsageSoFar Read(UsageSoFar before, JsonElement message)
    {
        var usage = message.Object("usageMetadata");
        var candidates = Fields.Items(message, "candidates").ToList();
        var read = usage.Count("promptTokenCount") + (usage.Count("toolUsePromptTokenCount") ?? 0);
        var written = usage.Count("candidatesTokenCount") + (usage.Count("thoughtsTokenCount") ?? 0) ?? usage.Count("thoughtsTokenCount");
        return before with
        {
            In = read ?? before.In,
            CachedIn = usage.Count("cachedContentTokenCount") ?? before.CachedIn,
            Out = written ?? before.Out,
            TextBytes = before.TextBytes + candidates.Sum(candidate => candidate.Object("content").Items("parts").Sum(PartBytes)),
            Whole = before.Whole || (read is not null && (candidates.Count == 0 || candidates.Exists(candidate => candidate.Text("finishReason") is not null))),
        };
    }

    public override (string Name, string Value) KeyHeader(string key) => ("x-goog-api-key", key);

    public override JsonObject Error(Refusal refusal) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = refusal.Status,
            ["message"] = $"Moss: {refusal.Message} ({refusal.Code})",
            ["status"] = refusal.Status switch
            {
                400 or 413 or 415 => "INVALID_ARGUMENT",
                401 => "UNAUTHENTICATED",
                402 => "RESOURCE_EXHAUSTED",
                403 => "PERMISSION_DENIED",
                _ => "UNAVAILABLE",
            },
        },
    };

    private static long PartBytes(JsonElement part) => part.Field("text").TextBytes() + part.Field("functionCall").TextBytes();
}
