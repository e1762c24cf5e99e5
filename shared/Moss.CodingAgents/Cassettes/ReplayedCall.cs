using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Sessions;

namespace Moss.CodingAgents.Cassettes;

/// <summary>A call that plays the cassette of its assignment; without one nothing runs.</summary>
internal sealed class ReplayedCall(AgentCall call, SessionFolder session, JailLayout layout, string shelf) : IAgentCall
{
    public AgentUse Use => call.Use;

    public Task<AgentReport> AskAsync(Assignment assignment, CancellationToken cancellationToken)
    {
        switch (CassetteShelf.Find(shelf, AssignmentPrint.Of(assignment, layout)))
        {
            case CassetteChoice.Refused refused:
                return Task.FromResult<AgentReport>(new AgentReport.Unavailable($"agent {ReplayCodingAgent.Word}: {refused.Reason}"));
            case CassetteChoice.Found found:
                session.WriteCassette(CassetteJson.Write(found.Cassette));
                return call.AskAsync(assignment, cancellationToken);
            case var other:
                throw new InvalidOperationException($"a shelf cannot have {other}");
        }
    }
}
