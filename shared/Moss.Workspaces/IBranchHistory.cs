using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>Reads what happened on branches. Every method throws <see cref="RepositoryException"/> when the repository cannot be used.</summary>
public interface IBranchHistory
{
    /// <summary>Where a branch of the source is now, after a fetch; null when there is no such branch.</summary>
    Task<CommitHash?> TipAsync(string repository, string branch, CancellationToken cancellationToken);

    /// <summary>True when the commit is, or has in its history, the other.</summary>
    Task<bool> HoldsAsync(string repository, CommitHash commit, CommitHash ancestor, CancellationToken cancellationToken);

    /// <summary>Commits that one has in its history and the other has not, newest first.</summary>
    /// <param name="repository">Path or URL.</param>
    /// <param name="after">What is not listed, with all its history.</param>
    /// <param name="until">Listed first.</param>
    /// <param name="firstParents">True to follow a branch and not what was merged into it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<ImmutableArray<HistoryCommit>> BetweenAsync(string repository, CommitHash after, CommitHash until, bool firstParents, CancellationToken cancellationToken);

    /// <summary>One commit.</summary>
    Task<HistoryCommit> CommitAsync(string repository, CommitHash commit, CancellationToken cancellationToken);

    /// <summary>The files that a commit changed against its first parent; all of them for one without.</summary>
    Task<ImmutableArray<FileChange>> ChangedAsync(string repository, CommitHash commit, CancellationToken cancellationToken);

    /// <summary>Every file of a commit with its lines as insertions; submodules count as files of one line.</summary>
    Task<ImmutableArray<FileChange>> SizesAsync(string repository, CommitHash commit, CancellationToken cancellationToken);
}

/// <summary>A commit in a history.</summary>
/// <param name="Commit">Which.</param>
/// <param name="Parents">Full hashes, in order.</param>
/// <param name="Subject">First line of its message.</param>
public sealed record HistoryCommit(CommitHash Commit, ImmutableArray<CommitHash> Parents, string Subject);
