using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;

namespace Moss.CodingAgents.Cases;

/// <summary>Has a role played on a case by the agent that the substrate chose for it.</summary>
public sealed class RoleDesk(CaseDesk cases, CodingAgentRegistry registry, AgentSession session)
{
    /// <summary>Runs to the end; never throws for anything that the agent does.</summary>
    public async Task<RoleOutcome<TReport>> PlayAsync<TReport>(
        RoleSpec<TReport> role, CaseRequest request, Func<TReport, IEnumerable<string>>? check, CancellationToken cancellationToken)
        where TReport : class
    {
        var choice = request.Substrate.Declaration.Agents;
        var nothing = new AgentUse(choice.For(role.Role.Word()), AgentCost.Nothing, TimeSpan.Zero);
        switch (registry.For(choice, role.Role))
        {
            case AgentLookup.Missing missing:
                return new RoleOutcome<TReport>.Unavailable(missing.Reason) { Use = nothing };
            case AgentLookup.Found { Agent.Capabilities.NeedsNetwork: true } when request.DollarsLeft <= 0:
                return new RoleOutcome<TReport>.Failed("the money of this evolution is used up; no agent was called") { Use = nothing };
            case AgentLookup.Found found:
                var task = await cases.OpenAsync(request, role.Role, cancellationToken);
                return await session.RunAsync(found.Agent, role, task, check, cancellationToken);
            default:
                throw new InvalidOperationException("a look-up finds an agent or does not");
        }
    }
}
