namespace Moss.Workspaces;

/// <summary>Changes a substrate's repository: worktrees, commits, <c>moss/*</c> branches. Registered in Implementation and Deployment alone.</summary>
public interface IWorkspaceWriter
{
    /// <summary>
    /// A fresh work tree at <paramref name="start"/>; whatever a killed run left under the same name is thrown away first.
    /// </summary>
    Task<WorkspaceLease> LeaseAsync(string repository, string name, CommitHash start, CancellationToken cancellationToken);

    /// <summary>What the work tree changed against its start, new files included, without committing.</summary>
    Task<Diff> ChangesAsync(WorkspaceLease lease, CancellationToken cancellationToken);

    /// <summary>
    /// Commits every change as one commit on top of the lease's start. Author, committer and time are parameters, so that
    /// the same change gives the same hash. Returns null when nothing changed.
    /// </summary>
    Task<CommitHash?> CommitAsync(WorkspaceLease lease, CommitMessage message, DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>Points <c>refs/heads/moss/…</c> at the commit, in the mirror and in the source repository. Any other branch is refused.</summary>
    Task PublishAsync(string repository, string branch, CommitHash commit, CancellationToken cancellationToken);

    /// <summary>Removes the work tree.</summary>
    Task ReleaseAsync(WorkspaceLease lease, CancellationToken cancellationToken);

    /// <summary>Removes every work tree whose name is not in <paramref name="live"/>; returns how many.</summary>
    Task<int> SweepAsync(IReadOnlySet<string> live, CancellationToken cancellationToken);
}
