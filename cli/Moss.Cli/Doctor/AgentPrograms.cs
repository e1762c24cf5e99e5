using System.Collections;

namespace Moss.Cli.Doctor;

/// <summary>Finds the programs of coding agents where a jail of this machine's Moss would see them, and asks each for its version.</summary>
internal static class AgentPrograms
{
    private const string ToolFolders = "Moss__CodingAgents__ToolFolders__";

    /// <summary>Where they are looked for: the folders that Moss is told of, what scripts/install-agents made, and the system's own.</summary>
    public static IEnumerable<string> Folders(IReadOnlyDictionary<string, string> settings) =>
    [
        .. settings.Where(entry => entry.Key.StartsWith(ToolFolders, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Value),
        Path.Combine(
            settings.GetValueOrDefault("MOSS_AGENTS")
            ?? Path.Combine(settings.GetValueOrDefault("XDG_CACHE_HOME") ?? Path.Combine(settings.GetValueOrDefault("HOME") ?? "/", ".cache"), "moss", "agents"),
            "bin"),
        "/usr/local/bin", "/usr/bin",
    ];

    public static async Task<Dictionary<string, string>> VersionsAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in AgentNeeds.Programs)
        {
            if (Folders(settings).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } program
                && await Asking.FirstLineAsync(program, ["--version"], cancellationToken) is { } line)
            {
                versions[name] = line;
            }
        }

        return versions;
    }

    /// <summary>Whether this user can read a file. Nothing of it is kept.</summary>
    public static bool IsReadable(string file)
    {
        try
        {
            using var opened = File.OpenRead(file);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The environment of this process.</summary>
    public static Dictionary<string, string> Settings() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
}
