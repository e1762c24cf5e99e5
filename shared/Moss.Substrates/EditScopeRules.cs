using System.Collections.Immutable;

namespace Moss.Substrates;

/// <summary>Which paths a candidate may change. Pure; what decides is never read from the candidate itself.</summary>
public sealed class EditScopeRules
{
    private readonly string scenarios;
    private readonly string? dockerfile;
    private readonly ImmutableArray<Glob> editable;
    private readonly ImmutableArray<Glob> guarded;
    private readonly ImmutableArray<Glob> dependencies;

    /// <summary>The rules of a substrate, by its declaration at the base commit.</summary>
    public EditScopeRules(SubstrateDeclaration declaration)
    {
        scenarios = declaration.Scenarios;
        dockerfile = declaration.Image?.Dockerfile;
        editable = [.. declaration.Scope.Editable.Select(Glob.Parse)];
        guarded = [.. declaration.Scope.Protected.Select(Glob.Parse)];
        dependencies = [.. declaration.Scope.Dependencies.Select(Glob.Parse)];
    }

    /// <summary>True when a candidate may change, add or remove the file.</summary>
    /// <param name="path">As git lists it: relative, with forward slashes.</param>
    public bool Allows(string path) => WhyNot(path) is null;

    /// <summary>Why a candidate may not touch the file; null when it may. Reads on from the path: <c>is protected by tests/**</c>.</summary>
    public string? WhyNot(string path) =>
        WhyProtected(path) ?? (editable.Any(glob => glob.Matches(path)) ? null : "matches none of scope.editable");

    /// <summary>True for what no candidate may touch, whatever is editable.</summary>
    public bool IsProtected(string path) => WhyProtected(path) is not null;

    /// <summary>True when changing the file means a new dependency.</summary>
    public bool IsDependency(string path) => dependencies.Any(glob => glob.Matches(path));

    private string? WhyProtected(string path)
    {
        var names = path.Split('/');
        return path switch
        {
            _ when names.Any(name => name is "" or "." or "..") || path.Contains('\\', StringComparison.Ordinal) => "is not a plain relative path",
            _ when path.Any(letter => char.IsControl(letter) || letter == '\uFFFD') => "has a name that is not plain UTF-8 text",
            _ when names.Any(name => name.StartsWith(".git", StringComparison.OrdinalIgnoreCase)) => "steers git and is always protected",
            _ when path.Equals(SubstrateReader.FileName, StringComparison.OrdinalIgnoreCase) => "declares the substrate and is always protected",
            _ when path.Equals(dockerfile, StringComparison.OrdinalIgnoreCase) => "says how images are built and is always protected",
            _ when IsWithin(path, scenarios) => "belongs to the scenarios, which are always protected",
            _ when guarded.FirstOrDefault(glob => glob.Matches(path)) is { } glob => $"is protected by {glob}",
            _ => null,
        };
    }

    private static bool IsWithin(string path, string folder) =>
        path.Equals(folder, StringComparison.OrdinalIgnoreCase) || path.StartsWith(folder + "/", StringComparison.OrdinalIgnoreCase);
}
