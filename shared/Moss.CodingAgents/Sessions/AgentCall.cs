using Moss.CodingAgents.Jail;
using Moss.Processes;
using Moss.Sandboxes;

namespace Moss.CodingAgents.Sessions;

/// <summary>Runs an agent's program in its jail and adds up what that used.</summary>
internal sealed class AgentCall(ICodingAgent agent, ISandboxEngine sandboxes, SessionFolder folder, JailLayout layout)
{
    public AgentUse Use { get; private set; } = new(agent.Name, AgentCost.Nothing, TimeSpan.Zero);

    public async Task<AgentReport> AskAsync(Assignment assignment, CancellationToken cancellationToken)
    {
        var invocation = agent.Invoke(assignment);
        if (JailPrograms.Missing(invocation, layout) is { } missing)
        {
            return new AgentReport.Unavailable($"agent {agent.Name}: {missing}");
        }

        folder.WritePrompt(assignment.Prompt);
        var result = await sandboxes.RunAsync(AgentJail.Map(invocation, assignment, agent.Capabilities, layout), cancellationToken);
        var report = agent.Read(assignment, new AgentRun(AsProcess(result), folder.ReadReport()));
        AgentMeter.Called(agent.Name, assignment.Role.ToString(), report.Cost, result.Duration);
        Use = Use with { Cost = Sum(Use.Cost, report.Cost), Duration = Use.Duration + result.Duration };
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

    private static AgentCost Sum(AgentCost one, AgentCost other) => new(
        one.Dollars + other.Dollars, one.TokensIn + other.TokensIn, one.TokensOut + other.TokensOut, one.Estimated || other.Estimated);
}
