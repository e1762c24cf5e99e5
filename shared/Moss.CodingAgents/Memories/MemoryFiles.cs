using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Moss.CodingAgents.Memories;

/// <summary>
/// Takes what an agent wrote down of its sessions out of its HOME. The agent owned that folder: a link in it may lead to any file of the host,
/// and there may be more in it than anybody wants to keep.
/// </summary>
internal static class MemoryFiles
{
    private const int MostFiles = 200;
    private const long MostBytes = 16 * 1024 * 1024;

    private static readonly EnumerationOptions PlainOnly = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device, MaxRecursionDepth = 16,
    };

    /// <summary>The plain files below a folder of the HOME; null when there are none, or too many.</summary>
    public static ImmutableSortedDictionary<string, byte[]>? Read(string home, string folder)
    {
        if (Folders(home, folder).Any(path => !IsPlainFolder(path)))
        {
            return null;
        }

        try
        {
            var files = Below(Path.Combine(home, folder)).Take(MostFiles + 1).ToList();
            return files.Count is > 0 and <= MostFiles && files.Sum(file => file.Length) <= MostBytes
                ? files.ToImmutableSortedDictionary(file => Path.GetRelativePath(home, file.Path), file => File.ReadAllBytes(file.Path), StringComparer.Ordinal)
                : null;
        }
        catch (Exception shut) when (shut is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    /// <summary>The folder and those above it, within the HOME.</summary>
    private static IEnumerable<string> Folders(string home, string folder)
    {
        var path = home;
        foreach (var part in folder.Split('/'))
        {
            yield return path = Path.Combine(path, part);
        }
    }

    private static bool IsPlainFolder(string path) => new DirectoryInfo(path) is { Exists: true, LinkTarget: null };

    /// <summary>Pipes and sockets have no length: they are never opened.</summary>
    private static FileSystemEnumerable<(string Path, long Length)> Below(string folder) =>
        new(folder, (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.Length), PlainOnly)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.Length > 0,
        };
}
