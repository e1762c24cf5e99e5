using System.Collections.Immutable;
using Moss.Processes;

namespace Moss.CodingAgents.Providers.Codex;

/// <summary>
/// OpenAI Codex. Its own sandbox needs namespaces of its own, which the jail does not allow, and without them it can run nothing while it
/// says that all went well; so it is switched off, and the jail alone bounds what it may write. Where its vendor cannot be reached, its
/// analytics hold up every end by five seconds.
/// </summary>
internal sealed class CodexCodingAgent(AskedModel model) : ICodingAgent
{
    public string Name => "codex";

    public AgentCapabilities Capabilities { get; } = model.Capabilities(reportsCost: false, login: "auth.json", memory: "sessions");

    public ProcessInvocation Invoke(Assignment assignment) => Invocations.Of(
        assignment,
        "codex",
        [
            "exec", "--json", "--skip-git-repo-check", "--ignore-user-config", "--ignore-rules", "--strict-config",
            "--disable", "plugins", "--disable", "unbounded_connection_retries",
            "-s", "danger-full-access",
            "-c", "project_doc_max_bytes=0", "-c", "analytics.enabled=false",
            "-c", """shell_environment_policy.exclude=["*TOKEN*","*KEY*"]""",
            .. model.IsLoggedIn ? ImmutableArray<string>.Empty : Provider,
            "-m", model.Name, "-C", Assignment.WorkTree,
            .. assignment.KeepsSession ? ImmutableArray<string>.Empty : ["--ephemeral"],
            .. assignment.Session is { } session ? ["resume", session] : ImmutableArray<string>.Empty,
            "-",
        ],
        ("CODEX_HOME", Jail.JailFolders.Home));

    private static ImmutableArray<string> Provider { get; } =
    [
        "-c", """model_provider="moss" """.TrimEnd(),
        "-c", $$"""model_providers.moss={name="moss",base_url="{{AskedModel.Address}}/v1",env_key="{{AskedModel.KeyVariable}}",wire_api="responses",request_max_retries=1,stream_max_retries=1}""",
    ];

    public AgentReport Read(Assignment assignment, AgentRun run) => StoryRules.Read(Name, run, CodexEvents.Tell);
}
