using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>
/// Commits to record branches with an index and a folder of its own. The lock of the mirror is held throughout, and the push is
/// refused when someone else moved the branch meanwhile; then it is begun again on what they left. Whoever is killed leaves
/// objects that nothing names.
/// </summary>
internal sealed class BranchRecorder(GitRunner git, RepositoryLock locks, BranchPublisher publisher)
{
    private const int Attempts = 5;

    /// <param name="fetch">Brings the source's branches into the mirror.</param>
    /// <param name="record">What to write.</param>
    /// <param name="cancellationToken">Until it is published.</param>
    public async Task<CommitHash> RecordAsync(Func<Task<Mirror>> fetch, BranchRecord record, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var mirror = await fetch();
            using var held = await locks.HoldAsync(mirror.LockFile, cancellationToken);
            var tip = await TipAsync(mirror, record.Branch, cancellationToken);
            var commit = await CommitAsync(mirror, tip, record, cancellationToken);
            try
            {
                await publisher.PublishHeldAsync(mirror, record.Branch, commit, cancellationToken);
                return commit;
            }
            catch (DivergedException) when (attempt < Attempts)
            {
                // Someone was faster; their commit is fetched and built upon.
            }
        }
    }

    /// <summary>Whichever of the source's and the mirror's holds the other; null when there is no branch yet.</summary>
    private async Task<CommitHash?> TipAsync(Mirror mirror, string branch, CancellationToken cancellationToken)
    {
        var theirs = await git.AskAsync(GitCommand.Resolve(mirror.Place, $"refs/source/heads/{branch}^{{commit}}"), cancellationToken);
        var ours = await git.AskAsync(GitCommand.Resolve(mirror.Place, $"refs/heads/{branch}^{{commit}}"), cancellationToken);
        if ((theirs ?? ours) is not { } tip || theirs is null || ours is null || await HoldsAsync(mirror, theirs, ours, cancellationToken))
        {
            return (theirs ?? ours) is { } only ? new CommitHash(only) : null;
        }

        return await HoldsAsync(mirror, ours, theirs, cancellationToken)
            ? new CommitHash(ours)
            : throw BranchPublisher.Diverged(mirror, branch, new CommitHash(ours));
    }

    private async Task<bool> HoldsAsync(Mirror mirror, string commit, string ancestor, CancellationToken cancellationToken) =>
        (await git.RunAsync(GitCommand.IsAncestor(mirror.Place, ancestor, new CommitHash(commit)), cancellationToken)).Code == 0;

    private async Task<CommitHash> CommitAsync(Mirror mirror, CommitHash? tip, BranchRecord record, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(mirror.Place.Settings.Home, $"record-{Guid.NewGuid():n}"));
        try
        {
            var place = mirror.Place with { WorkTree = folder.CreateSubdirectory("files").FullName, IndexFile = Path.Combine(folder.FullName, "index") };
            var before = tip is { } known ? await TreeAsync(mirror, known, cancellationToken) : null;
            var tree = await WriteTreeAsync(place, before, record.Files, cancellationToken);
            if (tree == before)
            {
                return tip!.Value;
            }

            var command = GitCommand.CommitTree(mirror.Place, new TreeHash(tree), tip, CommitText.Render(record.Message), record.Time);
            return new CommitHash((await git.ReadAsync(command, "commit", cancellationToken)).TrimEnd('\n'));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<string> TreeAsync(Mirror mirror, CommitHash commit, CancellationToken cancellationToken) =>
        (await git.ReadAsync(GitCommand.Resolve(mirror.Place, commit.Value + "^{tree}"), "read a record", cancellationToken)).TrimEnd('\n');

    private async Task<string> WriteTreeAsync(GitPlace place, string? before, ImmutableArray<RecordFile> files, CancellationToken cancellationToken)
    {
        if (before is not null)
        {
            await git.ReadAsync(GitCommand.ReadTree(place, before), "read a tree", cancellationToken);
        }

        foreach (var file in files)
        {
            var path = Path.Combine(place.WorkTree!, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, file.Text, cancellationToken);
        }

        await git.ReadAsync(GitCommand.StageNew(place, files.Select(file => file.Path)), "read a record", cancellationToken);
        return (await git.ReadAsync(GitCommand.WriteTree(place), "write a tree", cancellationToken)).TrimEnd('\n');
    }
}

/// <summary>What is to be on a branch.</summary>
internal sealed record BranchRecord(string Branch, ImmutableArray<RecordFile> Files, CommitMessage Message, DateTimeOffset Time)
{
    /// <summary>Checked before anything is touched.</summary>
    public static BranchRecord Of(string branch, ImmutableArray<RecordFile> files, CommitMessage message, DateTimeOffset time)
    {
        if (!ReferenceName.IsOwn(branch))
        {
            throw new RepositoryException($"Moss writes to moss/… branches alone, not to '{branch}'.");
        }

        if (files.IsEmpty || files.FirstOrDefault(file => !IsRelative(file.Path)) is { })
        {
            throw new ArgumentException("a record has files, each with a relative path that stays in its folder", nameof(files));
        }

        return new BranchRecord(branch, files, message, time);
    }

    private static bool IsRelative(string path) =>
        !path.Any(char.IsControl) && path.Split('/').All(part => part.Length > 0 && part is not ("." or "..") && !part.Equals(".git", StringComparison.OrdinalIgnoreCase));
}
