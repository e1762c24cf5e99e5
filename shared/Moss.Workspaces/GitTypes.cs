using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>A git commit by its full hash (40 lower-case hex digits).</summary>
public readonly record struct CommitHash(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A git tree by its full hash: equal trees have equal content, whatever the history.</summary>
public readonly record struct TreeHash(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>What changed between two commits.</summary>
/// <param name="Patch">Unified diff text as git prints it, without renames; cut after 16 MiB with a last line that says so.</param>
/// <param name="Files">A row per changed file.</param>
public sealed record Diff(string Patch, ImmutableArray<FileChange> Files)
{
    /// <summary>Lines added in all files.</summary>
    public int Insertions => Files.Sum(file => file.Insertions);

    /// <summary>Lines removed in all files.</summary>
    public int Deletions => Files.Sum(file => file.Deletions);
}

/// <summary>One file of a <see cref="Diff"/>; counts are zero for binary files.</summary>
public sealed record FileChange(string Path, int Insertions, int Deletions, bool Binary = false);

/// <summary>A commit message: subject, body and trailers (<c>Key: value</c> lines, in order).</summary>
public sealed record CommitMessage(string Subject, string Body, ImmutableArray<(string Key, string Value)> Trailers);

/// <summary>A writable checkout that belongs to one unit of work until it is released.</summary>
/// <param name="Name">The stage key as text; one lease a name.</param>
/// <param name="Path">Absolute path of the work tree. It has no .git inside: history is out of the agent's reach.</param>
/// <param name="Repository">The repository it was made from.</param>
/// <param name="Start">The commit that it was made at.</param>
public sealed record WorkspaceLease(string Name, string Path, string Repository, CommitHash Start);

/// <summary>What came of moving a commit onto another.</summary>
public abstract record Rebase
{
    private Rebase() { }

    /// <summary>It is there.</summary>
    /// <param name="Commit">The moved one; it has the tree of the other when that had the change already.</param>
    public sealed record Moved(CommitHash Commit) : Rebase;

    /// <summary>Both changed the same lines.</summary>
    /// <param name="Files">Where, sorted.</param>
    public sealed record Conflicts(ImmutableArray<string> Files) : Rebase;
}

/// <summary>A repository cannot be used as it is; the message says what and how to mend it.</summary>
public class RepositoryException(string message) : Exception(message);
