using Moss.CodingAgents;
using Moss.Processes;

namespace Moss.Adapters.Tests.CodingAgents.Memories;

/// <summary>A shell script that may keep notes of its sessions in <c>notes</c> of its HOME. The session that it is to go on with is its first argument.</summary>
internal sealed class NotingAgent(string script, string name = "noting") : ICodingAgent
{
    public string Name => name;

    public AgentCapabilities Capabilities { get; } = new(Edits: true, NeedsNetwork: false, ReportsCost: false) { Memory = "notes" };

    /// <summary>What it was asked, oldest first.</summary>
    public List<Assignment> Asked { get; } = [];

    public ProcessInvocation Invoke(Assignment assignment)
    {
        Asked.Add(assignment);
        return new("sh", ["-c", script, "sh", assignment.Session ?? ""]) { WorkingDirectory = Assignment.WorkTree, Timeout = assignment.Timeout };
    }

    public AgentReport Read(Assignment assignment, AgentRun run) => run.Process is ProcessResult.Exited { Code: 0 } ended
        ? new AgentReport.Finished(run.ReportFile ?? "") { Session = ended.Output.Trim() }
        : new AgentReport.Unusable("it failed");
}
