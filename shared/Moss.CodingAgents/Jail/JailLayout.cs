using System.Collections.Immutable;

namespace Moss.CodingAgents.Jail;

/// <summary>Absolute paths on the host of everything that one jail shows.</summary>
/// <param name="WorkTree">The source.</param>
/// <param name="Session">Folder of this call: <c>task</c>, <c>out</c>, <c>home</c>, <c>tmp</c>, <c>bin</c> and the file <c>empty</c> are in it.</param>
/// <param name="Masks">What of the work tree is hidden or shut.</param>
public sealed record JailLayout(string WorkTree, string Session, JailMasks Masks)
{
    /// <summary>Socket of the scenario runner; null when there is none.</summary>
    public string? TrySocket { get; init; }

    /// <summary>The way to its model; null when there is none through Moss.</summary>
    public JailModel? Model { get; init; }

    /// <summary>Folder of Moss.AgentTools.dll; null when there is none.</summary>
    public string? Tools { get; init; }

    /// <summary>Folder of the <c>dotnet</c> program; null when there is none.</summary>
    public string? Dotnet { get; init; }

    /// <summary>Folders of the host with programs of agents, read-only at the same place and on PATH.</summary>
    public ImmutableArray<string> ToolFolders { get; init; } = [];

    /// <summary>What one call may use.</summary>
    public JailLimits Limits { get; init; } = new();

    /// <summary>PATH inside.</summary>
    public string SearchPath => string.Join(':', (string[])[JailFolders.Bin, .. ToolFolders, JailFolders.Dotnet, JailFolders.SystemPath]);
}

/// <summary>What one call of an agent may use.</summary>
public sealed record JailLimits
{
    /// <summary>Bytes of memory of the whole jail.</summary>
    public long MemoryBytes { get; init; } = 3L * 1024 * 1024 * 1024;

    /// <summary>Processes and threads at once.</summary>
    public int Processes { get; init; } = 512;

    /// <summary>Open files of one process.</summary>
    public int OpenFiles { get; init; } = 4096;

    /// <summary>Bytes of the largest file.</summary>
    public long FileBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// Longest silence of an agent whose model is elsewhere: some retry a connection for ever without a word. Tools that it
    /// runs are silent too, so this is long.
    /// </summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Bytes kept of each output stream.</summary>
    public int OutputBytes { get; init; } = 4 * 1024 * 1024;
}
