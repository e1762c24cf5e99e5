using System.Collections.Immutable;
using Moss.Processes;
using Moss.Substrates;

namespace Moss.CodingAgents.Providers.Gemini;

/// <summary>Gemini CLI. Without a person to ask, its usual approval mode takes the tools away that change files or run commands.</summary>
internal sealed class GeminiCodingAgent(AskedModel model) : ICodingAgent
{
    private const string Settings = """
        {"general":{"enableAutoUpdate":false,"maxAttempts":1,"retryFetchErrors":false},"privacy":{"usageStatisticsEnabled":false},"telemetry":{"enabled":false},"security":{"auth":{"selectedType":"gemini-api-key"}},"model":{"maxSessionTurns":200}}
        """;

    public string Name => "gemini";

    public AgentCapabilities Capabilities { get; } = model.Capabilities(
        reportsCost: false, ("GOOGLE_GEMINI_BASE_URL", ModelAccess.Url), ("GEMINI_API_KEY", ModelAccess.Token)) with
    {
        Memory = ".gemini/tmp",
        HomeFiles = ImmutableSortedDictionary<string, string>.Empty.Add(".gemini/settings.json", Settings),
    };

    public ProcessInvocation Invoke(Assignment assignment) => Invocations.Of(
        assignment,
        "gemini",
        [
            "-m", model.Name, "-o", "stream-json", "--approval-mode", assignment.MayEdit ? "yolo" : "default",
            "--include-directories", Assignment.TaskFolder,
            .. assignment.Session is { } session ? ["--resume", session] : ImmutableArray<string>.Empty,
        ],
        ("GEMINI_CLI_TRUST_WORKSPACE", "true"),
        ("GEMINI_CLI_NO_RELAUNCH", "true"),
        Invocations.NodeInJail);

    public AgentReport Read(Assignment assignment, AgentRun run) => StoryRules.Read(Name, run, GeminiEvents.Tell);
}
