namespace Moss.Containers.Sandboxing;

/// <summary>
/// Lets the user of a sandbox at files of a Moss that is root. Where both are the same user there is nothing to do. The folders lie
/// below one that nobody but Moss may enter, so what is opened here is open to the sandbox alone.
/// </summary>
internal static class FilePermissions
{
    private const UnixFileMode Read = UnixFileMode.OtherRead;
    private const UnixFileMode Enter = UnixFileMode.OtherExecute;
    private const int OwnerToOthers = 6;

    // Links are neither followed nor touched.
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Gives everybody the rights of the owner on what is to be written. What is only read stays as it is.</summary>
    /// <returns>Why the user could not use it; null when it can.</returns>
    public static string? Problem(string source, bool writable, SandboxUser user)
    {
        if (user.IsMoss)
        {
            return null;
        }

        if (writable)
        {
            Open(source);
            return null;
        }

        var needed = Directory.Exists(source) ? Read | Enter : Read;
        return (File.GetUnixFileMode(source) & needed) == needed
            ? null
            : $"mounts: '{source}' cannot be read by the user of the sandbox; run 'chmod -R o+rX' on it, or run Moss as an ordinary user.";
    }

    private static void Open(string source)
    {
        OpenOne(source);
        if (!Directory.Exists(source))
        {
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(source, "*", Everything))
        {
            OpenOne(entry);
        }
    }

    private static void OpenOne(string path)
    {
        var mode = File.GetUnixFileMode(path);
        var opened = mode | (UnixFileMode)(((int)mode >> OwnerToOthers) & 0b111);
        if (opened != mode)
        {
            File.SetUnixFileMode(path, opened);
        }
    }
}
