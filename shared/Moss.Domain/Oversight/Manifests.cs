using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Moss.Domain.Oversight;

/// <summary>
/// Reads manifests of dependencies line by line, whatever their language: what is told are lines that are new or gone, and a pair of them
/// with one name is a change. A line that says nothing of dependencies is told too; none is left out but comments and brackets.
/// </summary>
public static partial class Manifests
{
    private static readonly string[] Names =
        ["pyproject.toml", "package.json", "Directory.Packages.props", "go.mod", "Cargo.toml", "pom.xml"];

    /// <summary>True for files in which dependencies are declared.</summary>
    /// <param name="path">As git lists it.</param>
    public static bool Has(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return Names.Contains(name, StringComparer.Ordinal)
            || name.EndsWith(".csproj", StringComparison.Ordinal)
            || (name.StartsWith("requirements", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal));
    }

    /// <summary>What changed from one text of a manifest to another.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="before">Empty for a new file.</param>
    /// <param name="after">Empty for one that is gone.</param>
    public static ImmutableArray<DependencyLine> Compare(string file, string before, string after)
    {
        var (gone, fresh) = (Lines(before), Lines(after));
        foreach (var line in fresh.ToList().Where(gone.Remove))
        {
            fresh.Remove(line);
        }

        var told = ImmutableArray.CreateBuilder<DependencyLine>();
        foreach (var line in fresh)
        {
            var name = NameIn(line);
            var old = gone.Find(other => NameIn(other) == name);
            gone.Remove(old ?? "");
            told.Add(new(file, old is null ? DependencyChange.Added : DependencyChange.Changed, name, old ?? "", line));
        }

        told.AddRange(gone.Select(line => new DependencyLine(file, DependencyChange.Removed, NameIn(line), line, "")));
        return told.ToImmutable();
    }

    private static List<string> Lines(string text) =>
        [.. text.Split('\n').Select(line => line.Trim().TrimEnd(',')).Where(line => line.Any(char.IsLetterOrDigit) && !Comment().IsMatch(line))];

    // What an XML element includes, else the first word: requests of requests>=2, left-pad of "left-pad": "1", golang.org/x/net of a go.mod.
    private static string NameIn(string line) =>
        Included().Match(line) is { Success: true } included ? included.Groups[1].Value : Word().Match(line).Value;

    [GeneratedRegex("^(#|//|<!--)", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex("(?:Include|Update)=\"([^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Included();

    [GeneratedRegex(@"[\p{L}\p{N}@_][\p{L}\p{N}@_./-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
