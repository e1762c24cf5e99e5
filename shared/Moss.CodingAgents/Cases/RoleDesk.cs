using Moss.CodingAgents.Memories;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;

namespace Moss.CodingAgents.Cases;

/// <summary>
/// Has a role played on a case by the agent that the substrate chose for it, or by another one when that cannot be had; waits where a model says how
/// long.
/// </summary>
public sealed class RoleDesk(CaseDesk cases, CodingAgentRegistry registry, AgentSession session, AgentMemories memories, TimeProvider clock)
{
    /// <summary>Runs to the end; never throws for anything that an agent does.</summary>
    /// <param name="role">Which.</param>
    /// <param name="request">On what.</param>
    /// <param name="check">Problems of a well-formed report that only the caller can see.</param>
    /// <param name="cancellationToken">Stops the agent.</param>
    /// <param name="startOver">
    /// Makes the work tree as it was, and says where it is, before another agent is asked than the one that began; null where agents cannot change it.
    /// </param>
    public async Task<RoleOutcome<TReport>> PlayAsync<TReport>(
        RoleSpec<TReport> role, CaseRequest request, Func<TReport, IEnumerable<string>>? check, CancellationToken cancellationToken,
        Func<CancellationToken, Task<string>>? startOver = null)
        where TReport : class
    {
        AgentUse? used = null;
        for (var tries = 1; ; tries++)
        {
            var outcome = await AskAllAsync(role, request, check, used, startOver, cancellationToken);
            if (outcome is not RoleOutcome<TReport>.Unavailable unavailable || OutagePause.Of(unavailable.RetryAfter, tries) is not { } pause)
            {
                return outcome;
            }

            used = outcome.Use;
            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    /// <summary>One after the other, until one can be had.</summary>
    private async Task<RoleOutcome<TReport>> AskAllAsync<TReport>(
        RoleSpec<TReport> role, CaseRequest request, Func<TReport, IEnumerable<string>>? check, AgentUse? used, Func<CancellationToken, Task<string>>? startOver,
        CancellationToken cancellationToken)
        where TReport : class
    {
        RoleOutcome<TReport>.Unavailable? before = null;
        var workTree = request.WorkTree;
        foreach (var name in AgentOrder.Of(request.Substrate.Declaration.Agents, role.Role))
        {
            if (used is not null && startOver is not null)
            {
                workTree = await startOver(cancellationToken);
            }

            var asked = request with { DollarsLeft = request.DollarsLeft - (used?.Cost.Dollars ?? 0), WorkTree = workTree };
            var outcome = await PlayAsync(name, role, asked, check, cancellationToken);
            outcome = outcome with { Use = outcome.Use.After(used) };
            if (outcome is not RoleOutcome<TReport>.Unavailable unavailable)
            {
                return outcome;
            }

            used = outcome.Use;
            before = Both(before, unavailable);
        }

        return before!;
    }

    private async Task<RoleOutcome<TReport>> PlayAsync<TReport>(
        string name, RoleSpec<TReport> role, CaseRequest request, Func<TReport, IEnumerable<string>>? check, CancellationToken cancellationToken)
        where TReport : class
    {
        var nothing = new AgentUse(name, AgentCost.Nothing, TimeSpan.Zero);
        switch (registry.For(request.Substrate.Declaration.Agents, role.Role, name))
        {
            case AgentLookup.Missing missing:
                return new RoleOutcome<TReport>.Unavailable(missing.Reason) { Use = nothing };
            case AgentLookup.Found { Agent.Capabilities.NeedsNetwork: true } when request.DollarsLeft <= 0:
                return new RoleOutcome<TReport>.Failed("the money of this evolution is used up; no agent was called") { Use = nothing };
            case AgentLookup.Found found:
                var task = await cases.OpenAsync(request, role.Role, cancellationToken) with
                {
                    Memory = request.EarlierKey is { } earlier ? await memories.FindAsync(earlier, cancellationToken) : null,
                };
                var outcome = await session.RunAsync(found.Agent, role, task, check, cancellationToken);
                if (outcome is RoleOutcome<TReport>.Reported { Memory: { } memory })
                {
                    await memories.KeepAsync(request.Key, memory, cancellationToken);
                }

                return outcome;
            default:
                throw new InvalidOperationException("a look-up finds an agent or does not");
        }
    }

    private static RoleOutcome<TReport>.Unavailable Both<TReport>(RoleOutcome<TReport>.Unavailable? before, RoleOutcome<TReport>.Unavailable now)
        where TReport : class => before is null ? now : new($"{before.Reason}; {now.Reason}")
        {
            Use = now.Use,
            RetryAfter = before.RetryAfter is { } first && now.RetryAfter is { } second ? (first < second ? first : second) : before.RetryAfter ?? now.RetryAfter,
        };
}
