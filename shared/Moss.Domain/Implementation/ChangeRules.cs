using System.Collections.Immutable;

namespace Moss.Domain.Implementation;

/// <summary>What a candidate may change, from the declaration of the commit that the evolution started at.</summary>
/// <param name="Editable">Globs of the files that may be changed.</param>
/// <param name="Protected">Globs of the files that may not; they win over <paramref name="Editable"/>.</param>
/// <param name="Scenarios">Folder of the scenarios and their graders: protected whatever the globs say.</param>
/// <param name="Dependencies">Globs of the files whose change means a new dependency.</param>
/// <param name="MaxFiles">Most files changed by one candidate, at least 1.</param>
/// <param name="MaxLines">Most lines added and removed together, at least 1.</param>
public sealed record ChangeRules(
    ImmutableArray<string> Editable, ImmutableArray<string> Protected, string Scenarios, ImmutableArray<string> Dependencies,
    int MaxFiles, int MaxLines)
{
    private readonly ImmutableArray<PathGlob> editable = [.. Editable.Select(glob => new PathGlob(glob))];
    private readonly ImmutableArray<PathGlob> closed = [.. Protected.Select(glob => new PathGlob(glob))];
    private readonly ImmutableArray<PathGlob> dependencies = [.. Dependencies.Select(glob => new PathGlob(glob))];
    private readonly string scenarioFolder = (Scenarios.StartsWith("./", StringComparison.Ordinal) ? Scenarios[2..] : Scenarios).Trim('/') + "/";

    /// <summary>True for files that no candidate may change, declared or not.</summary>
    public bool IsProtected(string path) =>
        path == "moss.yaml"
        || path.StartsWith(scenarioFolder, StringComparison.Ordinal)
        || path.Split('/').Any(part => string.Equals(part, ".git", StringComparison.OrdinalIgnoreCase))
        || closed.Any(glob => glob.Matches(path));

    /// <summary>True when a candidate may change, add or remove the file.</summary>
    public bool MayEdit(string path) => !IsProtected(path) && editable.Any(glob => glob.Matches(path));

    /// <summary>True when a change of the file means a new dependency.</summary>
    public bool IsDependency(string path) => dependencies.Any(glob => glob.Matches(path));
}
