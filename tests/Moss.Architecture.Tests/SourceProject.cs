using System.Xml.Linq;
using Moss.Testing;

namespace Moss.Architecture.Tests;

/// <summary>A project file: what it references, as it stands there.</summary>
internal sealed record SourceProject(string Name, string Folder, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks)
{
    public static IReadOnlyList<SourceProject> All { get; } = [.. SourceTree.Files(".", "*.csproj").Select(Read)];

    public override string ToString() => Name;

    private static SourceProject Read(string file)
    {
        var project = XDocument.Parse(SourceTree.Read(file));
        return new SourceProject(
            Path.GetFileNameWithoutExtension(file), file.Split(Path.DirectorySeparatorChar)[0],
            [.. Included(project, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference)).Order(StringComparer.Ordinal)],
            Included(project, "PackageReference"), Included(project, "FrameworkReference"));
    }

    private static List<string> Included(XDocument project, string item) =>
        [.. project.Descendants(item).Select(reference => reference.Attribute("Include")?.Value).OfType<string>()];
}
