namespace Moss.AgentTools.Api.Tools;

/// <summary>
/// Which files the tools touch: the work tree, and for reading the task. The jail is what holds; this tells the model early, and keeps
/// links of the repository from leading it elsewhere.
/// </summary>
internal sealed class Reach(string workTree, string task)
{
    public string WorkTree { get; } = Path.GetFullPath(workTree);

    private string Task { get; } = Path.GetFullPath(task);

    /// <summary>The absolute path of something that may be read.</summary>
    /// <param name="path">Absolute, or relative to the work tree.</param>
    /// <exception cref="ToolException">It may not.</exception>
    public string ToRead(string path) => Within(path, [WorkTree, Task], $"only {WorkTree} and {Task} can be read");

    /// <summary>The absolute path of something that may be changed.</summary>
    /// <param name="path">Absolute, or relative to the work tree.</param>
    /// <exception cref="ToolException">It may not.</exception>
    public string ToWrite(string path) => Within(
        path, [WorkTree], $"only {WorkTree} can be changed; a report is not written to a file but is the last ```json block of your last answer");

    /// <summary>A path as the model should name it.</summary>
    public string Shown(string path) => Below(path, WorkTree) ? Path.GetRelativePath(WorkTree, path) : path;

    /// <summary>Files below a folder, or the file itself; what a link leads to is left out.</summary>
    public static IEnumerable<string> Files(string path) => File.Exists(path) ? [path]
        : Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", Everything).Order(StringComparer.Ordinal)
        : throw new ToolException($"there is no {path}");

    private static EnumerationOptions Everything { get; } =
        new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    private string Within(string path, string[] roots, string rule)
    {
        if (path.Length == 0 || path.Contains('\0'))
        {
            throw new ToolException("the path of a file must have a name in it");
        }

        var whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, WorkTree));
        var root = roots.FirstOrDefault(root => Below(whole, root)) ?? throw new ToolException($"{path} is elsewhere: {rule}");
        for (var at = whole; at.Length > root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is { } target)
            {
                throw new ToolException($"{at} is a link to {target}: links are not followed");
            }
        }

        return whole;
    }

    private static bool Below(string path, string root) => path == root || path.StartsWith(root + "/", StringComparison.Ordinal);
}
