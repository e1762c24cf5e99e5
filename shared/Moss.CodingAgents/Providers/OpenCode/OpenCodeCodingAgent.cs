using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Moss.Processes;

namespace Moss.CodingAgents.Providers.OpenCode;

/// <summary>
/// OpenCode, for models that speak Chat Completions. It runs plugins of the repository whatever its settings say; the jail shows it none.
/// </summary>
internal sealed class OpenCodeCodingAgent(AskedModel model) : ICodingAgent
{
    private const string Provider = "moss";

    public string Name => "opencode";

    public AgentCapabilities Capabilities { get; } = model.Capabilities(reportsCost: false) with { Memory = ".local/share/opencode" };

    public ProcessInvocation Invoke(Assignment assignment) => Invocations.Of(
        assignment,
        "opencode",
        [
            "run", "--format", "json", "--title", Provider, "--dir", Assignment.WorkTree,
            .. assignment.Session is { } session ? ["-s", session] : ImmutableArray<string>.Empty,
        ],
        ("OPENCODE_CONFIG_CONTENT", Settings(assignment.MayEdit)),
        ("OPENCODE_DISABLE_PROJECT_CONFIG", "1"),
        ("OPENCODE_DISABLE_MODELS_FETCH", "1"),
        ("OPENCODE_DISABLE_AUTOUPDATE", "1"),
        ("OPENCODE_DISABLE_LSP_DOWNLOAD", "1"),
        ("OPENCODE_DISABLE_DEFAULT_PLUGINS", "1"));

    public AgentReport Read(Assignment assignment, AgentRun run) => StoryRules.Read(Name, run, OpenCodeEvents.Tell);

    private string Settings(bool mayEdit)
    {
        var permission = new JsonObject
        {
            ["*"] = "deny", ["read"] = "allow", ["grep"] = "allow", ["glob"] = "allow", ["list"] = "allow", ["external_directory"] = "allow",
        };
        if (mayEdit)
        {
            (permission["edit"], permission["bash"]) = ("allow", "allow");
        }

        return new JsonObject
        {
            ["autoupdate"] = false, ["share"] = "disabled", ["snapshot"] = false, ["lsp"] = false, ["formatter"] = false,
            ["enabled_providers"] = new JsonArray(Provider),
            ["model"] = $"{Provider}/{model.Name}", ["small_model"] = $"{Provider}/{model.Name}",
            ["provider"] = new JsonObject
            {
                [Provider] = new JsonObject
                {
                    ["npm"] = "@ai-sdk/openai-compatible", ["name"] = Provider,
                    ["options"] = new JsonObject { ["baseURL"] = AskedModel.Address + "/v1", ["apiKey"] = $"{{env:{AskedModel.KeyVariable}}}" },
                    ["models"] = new JsonObject
                    {
                        [model.Name] = new JsonObject
                        {
                            ["name"] = model.Name, ["tool_call"] = true, ["limit"] = new JsonObject { ["context"] = 128_000, ["output"] = 8_000 },
                        },
                    },
                },
            },
            ["permission"] = permission,
        }.ToJsonString();
    }
}
