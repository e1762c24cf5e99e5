namespace Moss.Sandboxes.Processes;

/// <summary>The files of /etc that we write ourselves, so that nothing of the host's users and names is seen.</summary>
/// <param name="Folder">Where they lie on the host.</param>
internal sealed record PrivateEtc(string Folder)
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

    /// <summary>Names of the files, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Contents.Keys.Order(StringComparer.Ordinal)];

    /// <summary>An empty file, to cover other files with.</summary>
    public string Nothing => Path.Combine(Folder, "nothing");

    /// <summary>Writes them where they are missing.</summary>
    public static PrivateEtc WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in Contents)
        {
            File.WriteAllText(Path.Combine(folder, name), content);
        }

        var etc = new PrivateEtc(folder);
        File.WriteAllText(etc.Nothing, "");
        return etc;
    }
}
