using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>What a source repository is like before anything is taken from it.</summary>
/// <param name="Repository">As it was given, without credentials.</param>
/// <param name="Bare">True when it has no work tree, and for every URL.</param>
/// <param name="Branch">The branch that HEAD names; null when HEAD is detached.</param>
/// <param name="Branches">All branches, sorted, those of Moss last; never empty.</param>
/// <param name="Uncommitted">Paths in the work tree that differ from the last commit or are new; empty when clean or bare.</param>
/// <param name="Notes">What Moss leaves out of this repository (submodules, LFS content), each with what to do about it.</param>
public sealed record RepositoryState(
    string Repository,
    bool Bare,
    string? Branch,
    ImmutableArray<string> Branches,
    ImmutableArray<string> Uncommitted,
    ImmutableArray<string> Notes)
{
    private const int Named = 5;

    /// <summary>True when the work tree holds changes that no commit has: Moss would not see them.</summary>
    public bool Dirty => !Uncommitted.IsEmpty;

    /// <summary>One sentence about uncommitted changes and what to do; null when there are none.</summary>
    public string? Warning => Dirty
        ? $"{Repository} has uncommitted changes ({Examples()}). Moss works on commits and would not see them: commit or stash them, or say that they may be left out."
        : null;

    private string Examples() =>
        string.Join(", ", Uncommitted.Take(Named)) + (Uncommitted.Length > Named ? $" and {Uncommitted.Length - Named} more" : "");
}
