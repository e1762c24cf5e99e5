using Moss.CodingAgents.Jail;
using Moss.ModelProxy;
using Moss.Processes;
using Moss.Sandboxes;

namespace Moss.CodingAgents.Sessions;

/// <summary>Runs an agent's program in its jail and adds up what that used.</summary>
internal sealed class AgentCall(ICodingAgent agent, string promptVersion, WatchedRun runs, SessionFolder folder, JailLayout layout, IModelLease? model)
    : IAgentCall
{
    private ModelSpending metered = ModelSpending.Nothing;

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
        var report = await MeterAsync(agent.Read(assignment, Last), cancellationToken);
        report = Use.Exhausted ? report : ModelTrouble.Judge(agent.Name, report, model?.Outage, assignment.Timeout);
        AgentMeter.Called(agent.Name, assignment.Role.ToString(), report.Cost, result.Duration);
        Use = Use with { Cost = Use.Cost.Plus(report.Cost), Duration = Use.Duration + result.Duration };
        return report;
    }

    /// <summary>What the proxy metered counts, whatever the agent says of its cost.</summary>
    private async Task<AgentReport> MeterAsync(AgentReport report, CancellationToken cancellationToken)
    {
        if (model is null)
        {
            return report;
        }

        await model.SettleAsync(cancellationToken);
        var (before, now) = (metered, model.Spending);
        metered = now;
        Use = Use with { Model = now.Model };
        var cost = new AgentCost(now.Dollars - before.Dollars, now.TokensIn - before.TokensIn, now.TokensOut - before.TokensOut, now.Estimated);
        if (now.Refused == before.Refused)
        {
            return report with { Cost = cost };
        }

        Use = Use with { Exhausted = true };
        return (report is AgentReport.Unusable unusable
            ? new AgentReport.Unusable($"the money of this evolution is used up, and {unusable.Reason}")
            : report) with { Cost = cost };
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
