using System.Collections.Immutable;

namespace Moss.Domain.Oversight;

/// <summary>A file and its length.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="Lines">Lines of text; 0 for a binary file.</param>
/// <param name="Editable">True when a candidate may change it.</param>
public sealed record SizedFile(string Path, int Lines, bool Editable);

/// <summary>How much there is.</summary>
/// <param name="Files">Files.</param>
/// <param name="Lines">Lines of their text.</param>
public sealed record TreeSize(int Files, int Lines)
{
    /// <summary>The size of a tree.</summary>
    public static TreeSize Of(IEnumerable<SizedFile> files) => files.Aggregate(new TreeSize(0, 0), (size, file) => new(size.Files + 1, size.Lines + file.Lines));
}

/// <summary>A size before and after a period.</summary>
/// <param name="Before">At the last reviewed commit.</param>
/// <param name="After">At the head.</param>
public sealed record Growth(TreeSize Before, TreeSize After)
{
    /// <summary>Share of its lines by which something may grow in one period before the review says so.</summary>
    public const double Share = 0.10;

    /// <summary>Lines by which something may grow whatever its share: a small substrate is not warned about for a function.</summary>
    public const int Lines = 100;

    /// <summary>The rule in words.</summary>
    public static string Rule => FormattableString.Invariant($"more than {Share:0%} of the lines and more than {Lines} lines in one period");

    /// <summary>True when it passes the rule.</summary>
    public bool IsLarge => After.Lines - Before.Lines > Lines && After.Lines - Before.Lines > Share * Before.Lines;
}

/// <summary>What became of one dependency.</summary>
public enum DependencyChange
{
    /// <summary>There is a new one.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>Another version or other settings.</summary>
    Changed,
}

/// <summary>A line of a manifest that is new, gone or different.</summary>
/// <param name="File">The manifest.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Name">What the line begins with or includes.</param>
/// <param name="Before">The line as it was; empty for a new one.</param>
/// <param name="After">The line as it is; empty for one that is gone.</param>
public sealed record DependencyLine(string File, DependencyChange Kind, string Name, string Before, string After);

/// <summary>How far a period led away from what was reviewed.</summary>
/// <param name="Tree">All files.</param>
/// <param name="Editable">Those that candidates may change.</param>
/// <param name="Dependencies">By file, in the order of the manifest.</param>
public sealed record Drift(Growth Tree, Growth Editable, ImmutableArray<DependencyLine> Dependencies)
{
    /// <summary>Compares two trees and their manifests.</summary>
    public static Drift Of(IReadOnlyCollection<SizedFile> before, IReadOnlyCollection<SizedFile> after, ImmutableArray<DependencyLine> dependencies) => new(
        new(TreeSize.Of(before), TreeSize.Of(after)),
        new(TreeSize.Of(before.Where(file => file.Editable)), TreeSize.Of(after.Where(file => file.Editable))),
        dependencies);
}
