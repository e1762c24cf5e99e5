using System.Collections.Immutable;

namespace Moss.CodingAgents.Jail;

/// <summary>What an agent does not see of a work tree, or sees and cannot change. Paths are relative to it.</summary>
/// <param name="HiddenFolders">Shown empty: the scenarios with their graders, and folders that steer agents or run in them.</param>
/// <param name="HiddenFiles">Shown empty: files that steer agents.</param>
/// <param name="Shut">Files and folders that are shown and cannot be changed.</param>
public sealed record JailMasks(ImmutableArray<string> HiddenFolders, ImmutableArray<string> HiddenFiles, ImmutableArray<string> Shut)
{
    /// <summary>Most single mounts for protected files; beyond them the gates alone guard.</summary>
    private const int MostShut = 200;

    /// <summary>Folders whose content tells a coding agent what to do, or is code that it runs.</summary>
    private static readonly ImmutableHashSet<string> SteeringFolders =
        [".claude", ".opencode", ".codex", ".gemini", ".qwen", ".cursor", ".windsurf", ".clinerules", ".goose", ".aider", ".amp", ".crush", ".pi"];

    private static readonly ImmutableHashSet<string> SteeringFiles =
    [
        ".mcp.json", "opencode.json", "opencode.jsonc", "AGENTS.md", "AGENTS.override.md", "CLAUDE.md", "CLAUDE.local.md", "GEMINI.md", "QWEN.md",
        ".cursorrules", ".windsurfrules", ".goosehints", ".aider.conf.yml", "crush.json", "copilot-instructions.md",
    ];

    /// <summary>Nothing is hidden.</summary>
    public static JailMasks None { get; } = new([], [], []);

    /// <summary>The masks of a work tree.</summary>
    /// <param name="files">Its regular files; symbolic links are not among them, for a mount would follow them to the host.</param>
    /// <param name="scenarios">Folder of the scenarios.</param>
    /// <param name="isProtected">Which files no candidate may change.</param>
    public static JailMasks Of(IReadOnlyCollection<string> files, string scenarios, Func<string, bool> isProtected)
    {
        var hidden = files.SelectMany(Folders).Where(folder => folder == scenarios.Trim('/') || SteeringFolders.Contains(Name(folder)));
        var folders = Topmost(hidden).Order(StringComparer.Ordinal).ToImmutableArray();
        var shown = files.Where(file => !folders.Any(folder => IsBelow(file, folder))).ToList();
        var steering = shown.Where(file => SteeringFiles.Contains(Name(file))).Order(StringComparer.Ordinal).ToImmutableArray();
        return new(folders, steering, Close([.. shown.Except(steering)], isProtected));
    }

    /// <summary>Folders of which every file is protected are shut as a whole, so that nothing can be added to them either.</summary>
    private static ImmutableArray<string> Close(IReadOnlyCollection<string> files, Func<string, bool> isProtected)
    {
        var open = files.Where(file => !isProtected(file)).SelectMany(Folders).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. files.Where(isProtected)
                .Select(file => Folders(file).FirstOrDefault(folder => !open.Contains(folder)) ?? file)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Take(MostShut),
        ];
    }

    /// <summary>The folders above a file, outermost first.</summary>
    private static IEnumerable<string> Folders(string file)
    {
        for (var slash = file.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = file.IndexOf('/', slash + 1))
        {
            yield return file[..slash];
        }
    }

    private static IEnumerable<string> Topmost(IEnumerable<string> folders)
    {
        var all = folders.ToHashSet(StringComparer.Ordinal);
        return all.Where(folder => !all.Any(other => IsBelow(folder, other)));
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
