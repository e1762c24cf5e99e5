using System.Runtime.CompilerServices;

namespace Moss.Testing;

/// <summary>The source of Moss itself, for tests that read it.</summary>
public static class SourceTree
{
    private static readonly string[] NotSource = ["artifacts", ".git", "bin", "obj"];

    /// <summary>The folder that holds Moss.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>Files below a folder of the tree that match a pattern such as <c>*.cs</c>, by path from the root, sorted.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(NotSource).Any())
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a file by its path from the root.</summary>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Moss.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"there is no Moss.sln above {here}: the tests need the source that they were built from");
    }
}
