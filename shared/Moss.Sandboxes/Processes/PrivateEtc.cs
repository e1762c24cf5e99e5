namespace Moss.Sandboxes.Processes;

/// <summary>
/// The /etc of every sandbox, as one read-only mount: a few files of our own, so that nothing of the host's users and names is
/// seen, copies of what programs need to be found and loaded, and empty places for the network's files.
/// </summary>
/// <param name="Folder">Where it lies on the host.</param>
/// <param name="Nothing">An empty file, to cover other files with.</param>
internal sealed record PrivateEtc(string Folder, string Nothing)
{
    private static readonly Dictionary<string, string> Contents = new(StringComparer.Ordinal)
    {
        ["passwd"] = """
            root:x:0:0:root:/root:/usr/sbin/nologin
            trial:x:1000:1000:trial:/tmp/home:/bin/sh
            nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin

            """,
        ["group"] = """
            root:x:0:
            trial:x:1000:
            nogroup:x:65534:

            """,
        ["hosts"] = """
            127.0.0.1 localhost trial
            ::1 localhost

            """,
        ["nsswitch.conf"] = """
            passwd: files
            group: files
            hosts: files dns

            """,
    };

    private static readonly string[] Copied = ["ld.so.cache", "mime.types"];

    /// <summary>Where Debian keeps what a Java runtime cannot start without.</summary>
    private const string JavaRuntimes = "java-*-openjdk";

    /// <summary>Makes it, or makes it anew.</summary>
    /// <param name="folder">Where; made when missing.</param>
    /// <param name="places">Files and folders of the host's /etc that runs with a network get mounted over it.</param>
    public static PrivateEtc WriteTo(string folder, IEnumerable<string> places)
    {
        var etc = new PrivateEtc(Path.Combine(folder, "etc"), Path.Combine(folder, "nothing"));
        Directory.CreateDirectory(etc.Folder);
        File.WriteAllText(etc.Nothing, "");
        foreach (var (name, content) in Contents)
        {
            File.WriteAllText(Path.Combine(etc.Folder, name), content);
        }

        foreach (var name in Copied.Where(name => File.Exists($"/etc/{name}")))
        {
            File.Copy($"/etc/{name}", Path.Combine(etc.Folder, name), overwrite: true);
        }

        CopyAlternatives(Path.Combine(etc.Folder, "alternatives"));
        foreach (var runtime in Directory.EnumerateDirectories("/etc", JavaRuntimes))
        {
            CopyReadable(new(runtime), Path.Combine(etc.Folder, Path.GetFileName(runtime)));
        }

        foreach (var place in places)
        {
            MakePlace(place, Path.Combine(etc.Folder, Path.GetRelativePath("/etc", place)));
        }

        return etc;
    }

    /// <summary>Debian's links from a command to the program that was chosen for it.</summary>
    private static void CopyAlternatives(string folder)
    {
        foreach (var link in Directory.Exists("/etc/alternatives") ? new DirectoryInfo("/etc/alternatives").EnumerateFileSystemInfos() : [])
        {
            var copy = Path.Combine(Directory.CreateDirectory(folder).FullName, link.Name);
            if (link.LinkTarget is { } target && new FileInfo(copy).LinkTarget is null)
            {
                File.CreateSymbolicLink(copy, target);
            }
        }
    }

    /// <summary>What everybody may read, links aside.</summary>
    private static void CopyReadable(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in from.EnumerateDirectories().Where(folder => folder.LinkTarget is null))
        {
            CopyReadable(folder, Path.Combine(to, folder.Name));
        }

        foreach (var file in from.EnumerateFiles().Where(file => file.LinkTarget is null && file.UnixFileMode.HasFlag(UnixFileMode.OtherRead)))
        {
            file.CopyTo(Path.Combine(to, file.Name), overwrite: true);
        }
    }

    private static void MakePlace(string original, string place)
    {
        Directory.CreateDirectory(Directory.Exists(original) ? place : Path.GetDirectoryName(place)!);
        if (!Path.Exists(place))
        {
            File.WriteAllText(place, "");
        }
    }
}
