using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>Where the git adapter keeps its files and what its git processes see of the machine.</summary>
/// <param name="DataFolder">Absolute; <c>mirrors/</c>, <c>trees/</c> and <c>worktrees/</c> are made below it.</param>
public sealed record WorkspaceSettings(string DataFolder)
{
    /// <summary>PATH of git and of what it starts (ssh).</summary>
    public string SearchPath { get; init; } = "/usr/local/bin:/usr/bin:/bin";

    /// <summary>More environment for git, such as a proxy or certificates; wins over Moss's own.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How long one fetch or push may take.</summary>
    public TimeSpan TransferTimeout { get; init; } = TimeSpan.FromMinutes(10);

    internal string Mirrors => Path.Combine(DataFolder, "mirrors");

    internal string Trees => Path.Combine(DataFolder, "trees");

    internal string Worktrees => Path.Combine(DataFolder, "worktrees");

    internal string Home => Path.Combine(Mirrors, "home");

    internal string ConfigFile => Path.Combine(Home, "gitconfig");
}
