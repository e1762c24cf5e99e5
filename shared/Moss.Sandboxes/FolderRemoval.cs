namespace Moss.Sandboxes;

/// <summary>Deletes folders that an untrusted program has written in: it may have taken away the permission to do so.</summary>
internal static class FolderRemoval
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Never follows a link. What cannot be deleted stays for the next sweep.</summary>
    public static bool Remove(string folder)
    {
        try
        {
            RemoveTree(new DirectoryInfo(folder));
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void RemoveTree(DirectoryInfo folder)
    {
        folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var entry in folder.EnumerateFileSystemInfos("*", Everything))
        {
            if (entry is DirectoryInfo { LinkTarget: null } below)
            {
                RemoveTree(below);
            }
            else
            {
                entry.Delete();
            }
        }

        folder.Delete();
    }
}
