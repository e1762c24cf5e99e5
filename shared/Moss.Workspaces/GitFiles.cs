namespace Moss.Workspaces;

/// <summary>The files that Moss lays down for git.</summary>
internal static class GitFiles
{
    /// <summary>
    /// The only configuration that git reads. A file and not <c>-c</c> options, since git drops those on the way to the
    /// upload-pack and receive-pack that it starts in a local source, where <c>safe.directory</c> and <c>hooksPath</c> matter.
    /// </summary>
    public const string Configuration = """
        [safe]
            directory = *
        [core]
            hooksPath = /dev/null
            attributesFile = /dev/null
            excludesFile = /dev/null
            fsmonitor = false
            autocrlf = false
            symlinks = true
            fsync = committed,loose-object
        [gc]
            auto = 0
        [maintenance]
            auto = false
        [commit]
            gpgSign = false
        [push]
            gpgSign = false
        [credential]
            helper =
        [submodule]
            recurse = false

        """;

    /// <summary>
    /// <c>info/attributes</c> of a mirror; it wins over every .gitattributes. Files come out and go in byte by byte: no line
    /// ends, no keywords, no encodings, no filter programs, and no file hides from a diff or an archive.
    /// </summary>
    public const string Attributes = "* -text -ident !eol !filter !working-tree-encoding !diff !merge -export-ignore -export-subst\n";

    /// <summary>Writes a file so that a reader sees the old or the new text, never half of it.</summary>
    public static void Ensure(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var making = $"{path}.{Guid.NewGuid():n}";
        File.WriteAllText(making, text);
        File.Move(making, path, overwrite: true);
    }
}
