using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Roles;
using Moss.Processes;

namespace Moss.CodingAgents.Providers.Api;

/// <summary>
/// An agent that needs a key and no program of a vendor: its own program is a part of Moss, which runs in the jail like that of
/// <c>search</c> and finds its model where every agent does.
/// </summary>
/// <param name="name">The word used in <c>moss.yaml</c>.</param>
/// <param name="protocol">What its program is to speak.</param>
/// <param name="model">Whom it asks.</param>
internal sealed class ApiCodingAgent(string name, string protocol, AskedModel model) : ICodingAgent
{
    /// <summary>Chat Completions, whoever serves them.</summary>
    public const string Chat = "chat";

    /// <summary>Anthropic Messages, whoever serves them.</summary>
    public const string Messages = "messages";

    public string Name => name;

    public AgentCapabilities Capabilities { get; } = model.Capabilities(reportsCost: false);

    public ProcessInvocation Invoke(Assignment assignment) => Invocations.Of(
        assignment,
        JailFolders.Dotnet + "/dotnet",
        [
            JailFolders.AgentTools, "api", "--protocol", protocol, "--model", model.Name, "--role", assignment.Role.Word(),
            "--work", Assignment.WorkTree, "--task", Assignment.TaskFolder,
        ]);

    public AgentReport Read(Assignment assignment, AgentRun run) => StoryRules.Read(name, run, ApiEvents.Tell);
}
