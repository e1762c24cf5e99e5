namespace Moss.Replays.Sandboxed;

/// <summary>Copies a source tree: links stay links, file modes stay.</summary>
public static class TreeCopy
{
    /// <summary>Copies what is in <paramref name="from"/> into the existing folder <paramref name="to"/>; the owner may write all of it.</summary>
    /// <param name="from">Source folder.</param>
    /// <param name="to">Existing, empty folder.</param>
    /// <param name="leaveOut">Paths relative to <paramref name="from"/> that become empty folders.</param>
    public static void Copy(string from, string to, params IReadOnlyCollection<string> leaveOut)
    {
        var skipped = leaveOut.Select(path => Path.GetFullPath(Path.Combine(from, path))).ToHashSet(StringComparer.Ordinal);
        Copy(new DirectoryInfo(from), to, skipped);
    }

    private static void Copy(DirectoryInfo from, string to, HashSet<string> skipped)
    {
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (skipped.Contains(entry.FullName))
            {
                Directory.CreateDirectory(target);
            }
            else if (entry.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
            }
            else if (entry is DirectoryInfo folder)
            {
                Directory.CreateDirectory(target);
                Copy(folder, target, skipped);
            }
            else
            {
                File.Copy(entry.FullName, target);
                _ = new FileInfo(target) { IsReadOnly = false };
            }
        }
    }
}
