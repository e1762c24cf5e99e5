namespace Moss.Workspaces;

/// <summary>Moves Moss's branches in the source and in the mirror. The source goes first: the mirror never claims what the source has not got.</summary>
internal sealed class BranchPublisher(GitRunner git, RepositoryLock locks)
{
    public async Task PublishAsync(Mirror mirror, string branch, CommitHash commit, CancellationToken cancellationToken)
    {
        if (!ReferenceName.IsOwn(branch))
        {
            throw new RepositoryException($"Moss writes to moss/… branches alone, not to '{branch}'.");
        }

        using var held = await locks.HoldAsync(mirror.LockFile, cancellationToken);
        await PublishHeldAsync(mirror, branch, commit, cancellationToken);
    }

    /// <summary>The same for who holds the lock of the mirror already, of a branch that was checked.</summary>
    public async Task PublishHeldAsync(Mirror mirror, string branch, CommitHash commit, CancellationToken cancellationToken)
    {
        var reference = "refs/heads/" + branch;
        var movable = ReferenceName.MayMoveFreely(branch);
        if (!movable && await LosesHistoryAsync(mirror, reference, commit, cancellationToken))
        {
            throw Diverged(mirror, branch, commit);
        }

        var push = await git.RunAsync(GitCommand.Push(mirror.Place, mirror.Address, commit, branch, movable), cancellationToken);
        if (push.Code != 0)
        {
            throw Refused(mirror, branch, commit, push.Output, push.Error);
        }

        await git.ReadAsync(GitCommand.UpdateReference(mirror.Place, reference, commit), $"point {branch} at {commit}", cancellationToken);
    }

    private async Task<bool> LosesHistoryAsync(Mirror mirror, string reference, CommitHash commit, CancellationToken cancellationToken) =>
        await git.AskAsync(GitCommand.Resolve(mirror.Place, reference), cancellationToken) is { } now
        && (await git.RunAsync(GitCommand.IsAncestor(mirror.Place, now, commit), cancellationToken)).Code != 0;

    private static RepositoryException Refused(Mirror mirror, string branch, CommitHash commit, string report, string error)
    {
        // A refused branch is a line '!<TAB>from:to<TAB>[reason] (detail)'; without one the push as a whole failed.
        var line = report.Split('\n').FirstOrDefault(line => line.StartsWith('!'));
        return line switch
        {
            null => GitComplaint.About(mirror.Address, error),
            _ when line.Contains("checked out", StringComparison.Ordinal) => new RepositoryException(
                $"{branch} is checked out in {mirror.Address.Display}, and Moss does not disturb a work tree: check out another branch there."),
            _ when line.Contains("[rejected]", StringComparison.Ordinal) => Diverged(mirror, branch, commit),
            _ when line.Contains("failed to update ref", StringComparison.Ordinal) => new DivergedException(
                $"{mirror.Address.Display} could not move {branch}: {error.Split('\n')[0]}"),
            _ => new RepositoryException($"{mirror.Address.Display} refused {branch}: {line.Split('\t')[^1]}. {error.Split('\n')[0]}"),
        };
    }

    /// <summary>Two histories of one branch.</summary>
    public static DivergedException Diverged(Mirror mirror, string branch, CommitHash commit) => new(
        $"{branch} of {mirror.Address.Display} holds commits that {commit} does not build on, and only moss/evolution branches may lose any: merge them, or delete the branch there.");
}

/// <summary>A branch holds what the new commit does not, or is being moved by someone else.</summary>
internal sealed class DivergedException(string message) : RepositoryException(message);
