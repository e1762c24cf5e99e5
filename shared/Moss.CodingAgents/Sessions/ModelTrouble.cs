using Moss.ModelProxy;

namespace Moss.CodingAgents.Sessions;

/// <summary>
/// Tells an agent that failed from one whose model was not to be had. The proxy saw the answers themselves, so this holds for every
/// agent, whatever it makes of them. Pure.
/// </summary>
internal static class ModelTrouble
{
    /// <summary>A client that hangs up while it waits proves little; one that waited this part of its time does.</summary>
    private const int Part = 4;

    /// <summary>The report, or that the agent could not run.</summary>
    /// <param name="agent">Name.</param>
    /// <param name="report">What its provider read.</param>
    /// <param name="outage">Why its last call of its model went without an answer; null when it was answered.</param>
    /// <param name="timeout">What the agent had.</param>
    public static AgentReport Judge(string agent, AgentReport report, ModelOutage? outage, TimeSpan timeout) => (report, outage) switch
    {
        (AgentReport.Finished, _) or (_, null) => report,
        (_, { Waited: { } waited }) when waited < timeout / Part => report,
        (AgentReport.Unavailable told, var seen) => told with { RetryAfter = told.RetryAfter ?? seen.RetryAfter },
        (_, var seen) => new AgentReport.Unavailable($"agent {agent} could not ask its model: {seen.Reason}") { Cost = report.Cost, RetryAfter = seen.RetryAfter },
    };
}
