using Microsoft.Extensions.Logging;
using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Sessions;
using Moss.Processes;

namespace Moss.CodingAgents.Cassettes;

/// <summary>Puts around a call what has to do with cassettes.</summary>
/// <param name="recordTo">Folder for what is recorded; null for nothing.</param>
/// <param name="log">For what was recorded and what could not be.</param>
internal sealed class CallDesk(string? recordTo, ILogger log)
{
    private readonly ProcessRunner programs = new(ProcessLauncher.Shared, TimeProvider.System);

    /// <summary>The call as it is to be made. What is replayed is not recorded again, nor what could show a login.</summary>
    public IAgentCall Around(AgentCall call, ICodingAgent agent, SessionFolder session, JailLayout layout) =>
        agent.Capabilities.Cassettes is { } shelf ? new ReplayedCall(call, session, layout, shelf)
        : recordTo is not null && agent.Capabilities.Login is null ? new RecordedCall(call, agent, layout, recordTo, programs, log)
        : call;
}
