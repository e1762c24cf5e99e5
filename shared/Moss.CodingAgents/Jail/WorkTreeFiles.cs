using System.IO.Enumeration;

namespace Moss.CodingAgents.Jail;

/// <summary>Looks at a work tree without following a link out of it.</summary>
public static class WorkTreeFiles
{
    /// <summary>Regular files, relative to the work tree, with forward slashes, sorted; symbolic links are left out.</summary>
    public static IReadOnlyList<string> List(string workTree) =>
        [.. Walk(workTree, (ref FileSystemEntry entry) => !entry.IsDirectory && !IsLink(ref entry)).Order(StringComparer.Ordinal)];

    /// <summary>Entries named <c>.git</c>, in any case, at any depth: with them git would take a folder for another repository.</summary>
    public static IReadOnlyList<string> Repositories(string workTree) =>
        [.. Walk(workTree, (ref FileSystemEntry entry) => entry.FileName.Equals(".git", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    private static FileSystemEnumerable<string> Walk(string workTree, FileSystemEnumerable<string>.FindPredicate include) => new(
        workTree,
        (ref FileSystemEntry entry) => Path.GetRelativePath(workTree, entry.ToFullPath()),
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true })
    {
        ShouldIncludePredicate = include,
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry),
    };

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}
