using Moss.CodingAgents.Jail;
using Moss.Processes;
using Moss.Sandboxes;

namespace Moss.CodingAgents.Sessions;

/// <summary>Runs an agent's program in its jail and adds up what that used.</summary>
internal sealed class AgentCall(ICodingAgent agent, string promptVersion, WatchedRun runs, SessionFolder folder, JailLayout layout, CallMoney money)
    : IAgentCall
{
    public AgentUse Use { get; private set; } = new(agent.Name, AgentCost.Nothing, TimeSpan.Zero) { Prompt = promptVersion };

    /// <summary>How the last run ended; null before the first.</summary>
    public AgentRun? Last { get; private set; }

    public async Task<AgentReport> AskAsync(Assignment assignment, CancellationToken cancellationToken)
    {
        var invocation = agent.Invoke(assignment);
        if (JailPrograms.Missing(invocation, layout) is { } missing)
        {
            return new AgentReport.Unavailable($"agent {agent.Name}: {missing}");
        }

        folder.WritePrompt(assignment.Prompt);
        var result = await runs.RunAsync(AgentJail.Map(invocation, assignment, agent.Capabilities, layout), cancellationToken);
        Last = new AgentRun(AsProcess(result), folder.ReadReport());
        var report = await money.CountAsync(agent.Read(assignment, Last), agent.Capabilities, cancellationToken);
        report = money.IsExhausted ? report : ModelTrouble.Judge(agent.Name, report, money.Outage, assignment.Timeout);
        AgentMeter.Called(agent.Name, assignment.Role.ToString(), report.Cost, result.Duration);
        Use = Use with
        {
            Cost = Use.Cost.Plus(report.Cost), Duration = Use.Duration + result.Duration, Exhausted = money.IsExhausted, Model = money.Model,
        };
        return report;
    }

    private static ProcessResult AsProcess(SandboxResult result)
    {
        ProcessResult process = result switch
        {
            SandboxResult.Exited exited => new ProcessResult.Exited(exited.Code),
            SandboxResult.TimedOut late => new ProcessResult.TimedOut { Idle = late.Idle },
            SandboxResult.Unavailable unavailable => new ProcessResult.NotStarted(unavailable.Reason),
            _ => throw new InvalidOperationException($"a sandbox cannot end as {result}"),
        };
        return process with { Output = result.Output, Error = result.Error, Truncated = result.Truncated, Duration = result.Duration };
    }
}
