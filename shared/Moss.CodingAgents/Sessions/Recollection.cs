using Moss.CodingAgents.Memories;

namespace Moss.CodingAgents.Sessions;

/// <summary>Which session a call goes on with, and what of it is kept for the next.</summary>
internal sealed record Recollection
{
    private readonly string? folder;

    private Recollection(string? folder, AgentMemory? earlier) => (this.folder, Earlier) = (folder, earlier);

    /// <summary>The session to go on with; null for a new one.</summary>
    public AgentMemory? Earlier { get; }

    /// <summary>True when what the agent writes down of its session is kept.</summary>
    public bool Keeps => folder is not null;

    /// <summary>
    /// Authors go on where they were rejected; reviewers judge anew each time. A session is read by nobody but who wrote it, and what is
    /// recorded stands for itself.
    /// </summary>
    public static Recollection Of(ICodingAgent agent, Role role, AgentMemory? earlier, bool isRecorded)
    {
        var folder = role is Role.Plan or Role.Implement && !isRecorded ? agent.Capabilities.Memory : null;
        return new(folder, folder is not null && earlier?.Agent == agent.Name ? earlier : null);
    }

    /// <summary>What is kept of the session; null for nothing.</summary>
    /// <param name="agent">Whose it is.</param>
    /// <param name="session">What the agent called it.</param>
    /// <param name="home">Its HOME.</param>
    public AgentMemory? Take(string agent, string? session, string home) =>
        folder is not null && session is not null && MemoryFiles.Read(home, folder) is { } files ? new(agent, session, files) : null;
}
