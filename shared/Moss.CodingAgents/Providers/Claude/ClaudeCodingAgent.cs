using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Moss.Processes;
using Moss.Substrates;

namespace Moss.CodingAgents.Providers.Claude;

/// <summary>
/// Claude Code. It refuses to skip its permissions as root, so they are given one by one: what is not among its tools it does not have,
/// and what is needs no asking. That is the same for every user.
/// </summary>
internal sealed class ClaudeCodingAgent(AskedModel model) : ICodingAgent
{
    public string Name => "claude";

    public AgentCapabilities Capabilities { get; } = model.Capabilities(
        reportsCost: true, login: ".claude/.credentials.json", memory: ".claude/projects", ("ANTHROPIC_BASE_URL", ModelAccess.Url),
        ("ANTHROPIC_API_KEY", ModelAccess.Token));

    public ProcessInvocation Invoke(Assignment assignment) => Invocations.Of(
        assignment,
        "claude",
        [
            "-p", "--output-format", "stream-json", "--verbose", "--model", model.Name,
            "--setting-sources", "user", "--strict-mcp-config", "--max-turns", "200",
            "--add-dir", Assignment.TaskFolder,
            .. assignment.KeepsSession ? ImmutableArray<string>.Empty : ["--no-session-persistence"],
            .. assignment.Session is { } session ? ["--resume", session] : ImmutableArray<string>.Empty,
            .. assignment.MayEdit ? Editing : Reading,
            .. assignment.MayEdit ? ImmutableArray<string>.Empty : ["--json-schema", Schema(assignment.ReportSchema)],
        ],
        ("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"),
        ("DISABLE_AUTOUPDATER", "1"),
        ("CLAUDE_CODE_MAX_RETRIES", "1"),
        ("API_TIMEOUT_MS", "600000"),
        ("ANTHROPIC_SMALL_FAST_MODEL", model.Name),
        ("ANTHROPIC_DEFAULT_HAIKU_MODEL", model.Name));

    public AgentReport Read(Assignment assignment, AgentRun run) => StoryRules.Read(Name, run, ClaudeEvents.Tell);

    private static ImmutableArray<string> Editing { get; } =
        ["--permission-mode", "acceptEdits", "--tools", "Read,Grep,Glob,Edit,Write,Bash", "--allowedTools", "Bash"];

    private static ImmutableArray<string> Reading { get; } = ["--permission-mode", "dontAsk", "--tools", "Read,Grep,Glob"];

    /// <summary>In one line, without the address of a dialect that its validator does not have.</summary>
    private static string Schema(string schema)
    {
        var body = JsonNode.Parse(schema)!.AsObject();
        body.Remove("$schema");
        return body.ToJsonString();
    }
}
