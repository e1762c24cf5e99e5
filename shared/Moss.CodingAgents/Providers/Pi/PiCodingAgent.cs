using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Moss.Processes;

namespace Moss.CodingAgents.Providers.Pi;

/// <summary>pi, for models that speak Chat Completions.</summary>
internal sealed class PiCodingAgent(AskedModel model) : ICodingAgent
{
    private const string Provider = "moss";

    public string Name => "pi";

    public AgentCapabilities Capabilities { get; } = model.Capabilities(reportsCost: false) with
    {
        Memory = ".pi/agent/sessions",
        HomeFiles = ImmutableSortedDictionary<string, string>.Empty
            .Add(".pi/agent/models.json", Models(model.Name))
            .Add(".pi/agent/settings.json", """{"retry":{"enabled":false}}"""),
    };

    public ProcessInvocation Invoke(Assignment assignment) => Invocations.Of(
        assignment,
        "pi",
        [
            "-p", "--mode", "json", "--provider", Provider, "--model", model.Name,
            "--tools", assignment.MayEdit ? "read,grep,find,ls,edit,write,bash" : "read,grep,find,ls",
            .. assignment.KeepsSession ? ImmutableArray<string>.Empty : ["--no-session"],
            .. assignment.Session is { } session ? ["--session", session] : ImmutableArray<string>.Empty,
        ],
        ("PI_OFFLINE", "1"),
        ("PI_TELEMETRY", "0"),
        Invocations.NodeInJail);

    public AgentReport Read(Assignment assignment, AgentRun run) => StoryRules.Read(Name, run, PiEvents.Tell);

    private static string Models(string name) => new JsonObject
    {
        ["providers"] = new JsonObject
        {
            [Provider] = new JsonObject
            {
                ["baseUrl"] = AskedModel.Address + "/v1", ["apiKey"] = AskedModel.KeyVariable, ["api"] = "openai-completions",
                ["models"] = new JsonArray(new JsonObject { ["id"] = name }),
            },
        },
    }.ToJsonString();
}
