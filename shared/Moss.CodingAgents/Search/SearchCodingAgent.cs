using Moss.CodingAgents.Jail;
using Moss.Processes;

namespace Moss.CodingAgents.Search;

/// <summary>
/// The agent that needs no model and no account: it finds the fault by which lines the failing scenarios run and tries small
/// changes until they pass. Its program is a part of Moss; it plays every role.
/// </summary>
public sealed class SearchCodingAgent : ICodingAgent
{
    /// <summary>The word used in <c>moss.yaml</c>.</summary>
    public const string Word = "search";

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public AgentCapabilities Capabilities { get; } = new(Edits: true, NeedsNetwork: false, ReportsCost: true);

    /// <inheritdoc/>
    public ProcessInvocation Invoke(Assignment assignment) => new(
        JailFolders.Dotnet + "/dotnet",
        [
            JailFolders.AgentTools, "search",
            "--task", Assignment.TaskFolder, "--work", Assignment.WorkTree, "--out", Assignment.OutFolder, "--try", Assignment.TrySocket,
        ])
    {
        WorkingDirectory = Assignment.WorkTree,
        Timeout = assignment.Timeout,
    };

    /// <inheritdoc/>
    public AgentReport Read(Assignment assignment, AgentRun run) => ReportRules.Read(Name, run);
}
