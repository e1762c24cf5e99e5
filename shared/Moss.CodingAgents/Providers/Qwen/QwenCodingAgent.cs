using System.Collections.Immutable;
using Moss.CodingAgents.Providers.Claude;
using Moss.Processes;
using Moss.Substrates;

namespace Moss.CodingAgents.Providers.Qwen;

/// <summary>Qwen Code, for models that speak Chat Completions.</summary>
internal sealed class QwenCodingAgent(AskedModel model) : ICodingAgent
{
    private const string Settings =
        """{"general":{"enableAutoUpdate":false},"privacy":{"usageStatisticsEnabled":false},"telemetry":{"enabled":false}}""";

    public string Name => "qwen";

    public AgentCapabilities Capabilities { get; } = model.Capabilities(
        reportsCost: false, ("OPENAI_BASE_URL", ModelAccess.Url), ("OPENAI_API_KEY", ModelAccess.Token)) with
    {
        Memory = ".qwen/projects",
        HomeFiles = ImmutableSortedDictionary<string, string>.Empty.Add(".qwen/settings.json", Settings),
    };

    public ProcessInvocation Invoke(Assignment assignment) => Invocations.Of(
        assignment,
        "qwen",
        [
            "--auth-type", "openai", "-o", "stream-json", "--max-session-turns", "200",
            "--approval-mode", assignment.MayEdit ? "yolo" : "plan",
            .. assignment.Session is { } session ? ["--resume", session] : ImmutableArray<string>.Empty,
        ],
        ("OPENAI_MODEL", model.Name),
        ("QWEN_CODE_NO_RELAUNCH", "true"),
        ("QWEN_CODE_SUPPRESS_YOLO_WARNING", "1"),
        Invocations.NodeInJail);

    public AgentReport Read(Assignment assignment, AgentRun run) => StoryRules.Read(Name, run, ClaudeEvents.Tell);
}
