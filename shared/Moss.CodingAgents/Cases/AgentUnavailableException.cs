namespace Moss.CodingAgents.Cases;

/// <summary>
/// No agent could be asked. That says nothing about the case, so the stage breaks instead of failing a round; the message says
/// what to install or set.
/// </summary>
public sealed class AgentUnavailableException(string message) : Exception(message);
