using System.Collections.Immutable;
using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Prompts;

namespace Moss.CodingAgents.Sessions;

/// <summary>Where agents work and with what.</summary>
public sealed record AgentSessionOptions
{
    /// <summary>Folder for the folders of running calls; everything in it is thrown away at start.</summary>
    public required string SessionsFolder { get; init; }

    /// <summary>Absolute path of Moss.AgentTools.dll; null when it is not there: then there is no <c>search</c> and no <c>moss-try</c>.</summary>
    public string? AgentTools { get; init; }

    /// <summary>Folder of the <c>dotnet</c> program that runs it; found by <see cref="DotnetFolder.Find"/> when null.</summary>
    public string? Dotnet { get; init; }

    /// <summary>Folders with programs of agents outside /usr.</summary>
    public ImmutableArray<string> ToolFolders { get; init; } = [];

    /// <summary>Absolute path of the folder in which every call of an agent leaves a cassette; null to record nothing.</summary>
    public string? RecordTo { get; init; }

    /// <summary>Absolute path of the folder of cassettes that the agent <c>replay</c> plays; null when there is no such agent.</summary>
    public string? Cassettes { get; init; }

    /// <summary>
    /// Absolute path of the file with the login of a person, by the name of the agent that may use it and then goes to its model by itself.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Logins { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What one call may use.</summary>
    public JailLimits Limits { get; init; } = new();

    /// <summary>How long an agent may go on trying after its model gave no answer; agents have patience of their own, some without end.</summary>
    public TimeSpan OutagePatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much goes into one prompt.</summary>
    public PromptLimits Prompts { get; init; } = new();
}
