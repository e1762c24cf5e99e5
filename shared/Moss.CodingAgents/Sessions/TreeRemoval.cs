using System.IO.Enumeration;

namespace Moss.CodingAgents.Sessions;

/// <summary>Removes a folder that an agent wrote in, also when it took its own permissions away.</summary>
internal static class TreeRemoval
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Remove(string path)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            OpenFolders(path);
            Directory.Delete(path, recursive: true);
        }
    }

    private static void OpenFolders(string path)
    {
        File.SetUnixFileMode(path, Open);
        var folders = new FileSystemEnumerable<string>(path, (ref FileSystemEntry entry) => entry.ToFullPath())
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        foreach (var folder in folders)
        {
            OpenFolders(folder);
        }
    }
}
