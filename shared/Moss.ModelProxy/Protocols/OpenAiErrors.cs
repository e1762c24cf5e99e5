using System.Text.Json.Nodes;

namespace Moss.ModelProxy.Protocols;

/// <summary>Errors as OpenAI writes them.</summary>
internal static class OpenAiErrors
{
    public static JsonObject Write(Refusal refusal) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = $"Moss: {refusal.Message}",
            ["type"] = refusal.Status switch
            {
                402 => "insufficient_quota",
                401 => "authentication_error",
                403 => "permission_error",
                >= 500 => "server_error",
                _ => "invalid_request_error",
            },
            ["param"] = null,
            ["code"] = refusal.Code,
        },
    };
}
