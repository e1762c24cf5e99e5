using Moss.CodingAgents;
using Moss.Processes;

namespace Moss.Services.Tests.Agents;

/// <summary>Repairs the substrate each time, and reports one thing after the other, the last again and again.</summary>
internal sealed class MoodyAgent(params AgentReport[] reports) : ICodingAgent
{
    public string Name => "script";

    public int Calls { get; private set; }

    public AgentCapabilities Capabilities { get; } = new(Edits: true, NeedsNetwork: false, ReportsCost: false);

    public ProcessInvocation Invoke(Assignment assignment) => new("sh", ["-c", "echo 'x = 2' >> src/answer.py"])
    {
        WorkingDirectory = Assignment.WorkTree, Timeout = assignment.Timeout,
    };

    public AgentReport Read(Assignment assignment, AgentRun run) => reports[Math.Min(Calls++, reports.Length - 1)];
}
