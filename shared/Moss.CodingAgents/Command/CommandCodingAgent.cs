using System.Collections.Immutable;
using System.Text;
using Moss.CodingAgents.Roles;
using Moss.Processes;
using Moss.Substrates;

namespace Moss.CodingAgents.Command;

/// <summary>
/// Any CLI as a coding agent. <c>{prompt-file}</c>, <c>{workspace}</c>, <c>{report}</c>, <c>{schema-file}</c> and
/// <c>{role}</c> in its arguments are replaced, other braces are left alone; what it edits is found by git.
/// </summary>
public sealed class CommandCodingAgent(string name, CommandAgent settings) : ICodingAgent
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public AgentCapabilities Capabilities { get; } = new(
        Edits: true, NeedsNetwork: settings.Network || settings.Model is not null, ReportsCost: false) { Model = settings.Model };

    /// <inheritdoc/>
    public ProcessInvocation Invoke(Assignment assignment)
    {
        ImmutableArray<string> command = [.. settings.Command.Select(argument => argument
            .Replace("{prompt-file}", Assignment.TaskFolder + "/prompt.md", StringComparison.Ordinal)
            .Replace("{schema-file}", Assignment.TaskFolder + "/report.schema.json", StringComparison.Ordinal)
            .Replace("{workspace}", Assignment.WorkTree, StringComparison.Ordinal)
            .Replace("{report}", Assignment.OutFolder + "/report.json", StringComparison.Ordinal)
            .Replace("{role}", assignment.Role.Word(), StringComparison.Ordinal))];
        return new(command[0], command[1..])
        {
            WorkingDirectory = Assignment.WorkTree,
            Environment = settings.Environment,
            StandardInput = settings.PromptOnStandardInput ? Encoding.UTF8.GetBytes(assignment.Prompt) : default,
            Timeout = assignment.Timeout,
        };
    }

    /// <inheritdoc/>
    public AgentReport Read(Assignment assignment, AgentRun run) => ReportRules.Read(name, run);
}
