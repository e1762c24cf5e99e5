using System.Collections.Immutable;
using Moss.CodingAgents.Cassettes;
using Moss.CodingAgents.Command;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Substrates;

namespace Moss.CodingAgents;

/// <summary>
/// Finds the agent that a substrate wants for a role: one of Moss's own by name, one of its <c>agents.commands</c>, or a CLI that Moss
/// knows.
/// </summary>
public sealed class CodingAgentRegistry
{
    private readonly ImmutableSortedDictionary<string, ICodingAgent> own;

    private readonly ImmutableSortedDictionary<string, string> logins;

    /// <summary>A registry of Moss's own agents; names must differ.</summary>
    /// <param name="agents">Moss's own.</param>
    /// <param name="options">Says who has the login of a person; nobody when null.</param>
    public CodingAgentRegistry(IEnumerable<ICodingAgent> agents, AgentSessionOptions? options = null)
    {
        own = agents.ToImmutableSortedDictionary(agent => agent.Name, agent => agent, StringComparer.Ordinal);
        logins = options?.Logins ?? ImmutableSortedDictionary<string, string>.Empty;
    }

    /// <summary>Names of Moss's own agents, sorted.</summary>
    public IEnumerable<string> Names => own.Keys;

    /// <summary>The agent that is the first choice for a role.</summary>
    public AgentLookup For(AgentChoice choice, Role role) => For(choice, role, choice.For(role.Word()));

    /// <summary>The agent of a name, if it can play the role.</summary>
    public AgentLookup For(AgentChoice choice, Role role, string name)
    {
        var agent = own.GetValueOrDefault(name)
            ?? (choice.Commands.GetValueOrDefault(name) is { Command.IsDefaultOrEmpty: false } command ? new CommandCodingAgent(name, command) : null)
            ?? Providers.Catalog.Create(name, choice.Models.GetValueOrDefault(name), logins.ContainsKey(name));
        return agent switch
        {
            null when name == ReplayCodingAgent.Word => new AgentLookup.Missing(
                $"agents: '{name}' shall play {role.Word()} from cassettes, and no folder has them: name it in Moss:CodingAgents:Cassettes"),
            null => new AgentLookup.Missing(
                $"agents: '{name}' shall play {role.Word()}, but there is no agent of that name; use one of {string.Join(", ", own.Keys.Union(choice.Commands.Keys).Union(Providers.Catalog.Names))}, or describe it under agents.commands"),
            { Capabilities.Edits: false } when role == Role.Implement => new AgentLookup.Missing(
                $"agents: '{name}' shall play implement, but it cannot change files; choose another under agents.roles.implement"),
            _ => new AgentLookup.Found(agent),
        };
    }
}

/// <summary>What a look-up gave.</summary>
public abstract record AgentLookup
{
    private AgentLookup() { }

    /// <summary>This one.</summary>
    public sealed record Found(ICodingAgent Agent) : AgentLookup;

    /// <summary>None; the reason names the field of moss.yaml and the fix.</summary>
    public sealed record Missing(string Reason) : AgentLookup;
}
