namespace Moss.CodingAgents.Sessions;

/// <summary>Asks one agent, once or more, on one work tree.</summary>
internal interface IAgentCall
{
    /// <summary>What was used so far.</summary>
    AgentUse Use { get; }

    /// <summary>Runs the agent to its end.</summary>
    Task<AgentReport> AskAsync(Assignment assignment, CancellationToken cancellationToken);
}
