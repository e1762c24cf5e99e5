namespace Moss.Testing;

/// <summary>The real coding agents that <c>scripts/install-agents</c> installed, at the versions of <c>tests/agents</c>.</summary>
public static class AgentPrograms
{
    private static readonly string[] Usual = ["codex", "claude"];

    private static readonly string[] PartsOfMoss = ["anthropic-api", "openai-api"];

    /// <summary>Where they are.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("MOSS_AGENTS") is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "moss", "agents");

    /// <summary>The command that installs the program of an agent; null when it is there, or when the agent is a part of Moss.</summary>
    public static string? Missing(string name) => PartsOfMoss.Contains(name) || File.Exists(Path.Combine(Folder, "bin", name)) ? null
        : $"scripts/install-agents{(Usual.Contains(name) ? "" : " --all")}";

    /// <summary>The folders of the programs and of what they need; none for a part of Moss.</summary>
    /// <exception cref="InvalidOperationException">The program is not installed; the message has the command that installs it.</exception>
    public static IReadOnlyList<string> FoldersFor(string name) => Missing(name) is { } install
        ? throw new InvalidOperationException($"there is no {Folder}/bin/{name}: run {install}")
        : PartsOfMoss.Contains(name) ? [] : [Folder, Path.Combine(Folder, "bin")];
}
