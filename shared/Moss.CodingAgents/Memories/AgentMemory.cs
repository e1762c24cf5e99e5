using System.Collections.Immutable;

namespace Moss.CodingAgents.Memories;

/// <summary>A session of an agent that can be gone on with in another jail.</summary>
/// <param name="Agent">Whose; nobody else can read it.</param>
/// <param name="Session">What the agent calls it.</param>
/// <param name="Files">What it wrote down of it, by path relative to its HOME.</param>
public sealed record AgentMemory(string Agent, string Session, ImmutableSortedDictionary<string, byte[]> Files);
