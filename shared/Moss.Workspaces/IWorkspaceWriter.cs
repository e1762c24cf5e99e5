namespace Moss.Workspaces;

/// <summary>Changes a substrate's repository: worktrees, commits, <c>moss/*</c> branches. Registered in Implementation and Deployment alone.</summary>
public interface IWorkspaceWriter
{
    /// <summary>
    /// A fresh work tree at <paramref name="start"/>; whatever a killed run left under the same name is thrown away first.
    /// </summary>
    Task<WorkspaceLease> LeaseAsync(string repository, string name, CommitHash start, CancellationToken cancellationToken);

    /// <summary>
    /// What the work tree changed against its start, new files included, without committing. New files that the
    /// <c>.gitignore</c> of the start ignores, and what tools leave behind (<c>__pycache__</c> and the like), are not
    /// changes. A new file whose name is not UTF-8 is listed with U+FFFD in its path and cannot be committed.
    /// A repository that someone made inside the work tree loses its .git.
    /// </summary>
    Task<Diff> ChangesAsync(WorkspaceLease lease, CancellationToken cancellationToken);

    /// <summary>
    /// Commits every change as one commit on top of the lease's start. Author, committer and time are parameters, so that
    /// the same change gives the same hash. Returns null when nothing changed. What counts as a change is what
    /// <see cref="ChangesAsync"/> shows; a file name that is not UTF-8 throws <see cref="RepositoryException"/>.
    /// </summary>
    Task<CommitHash?> CommitAsync(WorkspaceLease lease, CommitMessage message, DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>
    /// Puts what a commit changed against where it left the history of another onto that other, as one commit with the same message and
    /// a trailer that names it. Files that both changed are merged line by line. The same move at the same time gives the same hash.
    /// </summary>
    Task<Rebase> RebaseAsync(string repository, CommitHash commit, CommitHash onto, DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>
    /// A commit on top of one that has the content of an earlier one again; no branch is moved. The same at the same time gives the same hash.
    /// </summary>
    /// <param name="repository">Where.</param>
    /// <param name="undone">The commit on top of which it is made.</param>
    /// <param name="earlier">Whose content it has.</param>
    /// <param name="message">What it says.</param>
    /// <param name="time">Of author and committer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<CommitHash> RevertAsync(
        string repository, CommitHash undone, CommitHash earlier, CommitMessage message, DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>
    /// Points <c>refs/heads/moss/…</c> at the commit, in the source repository and in the mirror. Any other branch is
    /// refused, so is one that is checked out in the source. Only <c>moss/evolution…</c> branches may be moved off their
    /// history; the others go forward only. Publishing the same commit again changes nothing.
    /// </summary>
    Task PublishAsync(string repository, string branch, CommitHash commit, CancellationToken cancellationToken);

    /// <summary>Removes the work tree.</summary>
    Task ReleaseAsync(WorkspaceLease lease, CancellationToken cancellationToken);

    /// <summary>Removes every work tree whose name is not in <paramref name="live"/>; returns how many.</summary>
    Task<int> SweepAsync(IReadOnlySet<string> live, CancellationToken cancellationToken);
}
