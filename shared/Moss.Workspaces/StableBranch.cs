using Moss.Processes;

namespace Moss.Workspaces;

/// <summary>Signed merges, and moves of a branch from exactly one commit. The lock of the mirror is held while something is pushed.</summary>
internal sealed class StableBranch(WorkspaceSettings settings, GitRunner git, IProcessRunner runner, MirrorStore mirrors, RepositoryLock locks) : IStableBranch
{
    public async Task<SignedMerge> MergeAsync(MergeOrder order, SigningKeyFile key, CancellationToken cancellationToken)
    {
        await mirrors.FindAsync(order.Repository, order.Tip, cancellationToken);
        var (mirror, _) = await mirrors.FindAsync(order.Repository, order.Head, cancellationToken);
        var merged = await git.RunAsync(GitCommand.MergeTree(mirror.Place, order.Tip, order.Head), cancellationToken);
        var records = GitOutput.Records(merged.Output);
        if (merged.Code is not (0 or 1))
        {
            throw GitComplaint.During($"merge {order.Head} into {order.Tip}", merged.Error);
        }

        if (merged.Code == 1)
        {
            return new SignedMerge.Conflicts([.. records.Skip(1).Where(file => file.Length > 0).Distinct().Order(StringComparer.Ordinal)]);
        }

        var command = GitCommand.CommitMerge(mirror.Place, new(records[0]), order, CommitText.Render(order.Message), key);
        var commit = await git.RunAsync(command, cancellationToken);
        return commit.Code == 0
            ? new SignedMerge.Made(new CommitHash(commit.Output.TrimEnd('\n')))
            : new SignedMerge.NotSigned(Said(commit.Error));
    }

    public async Task<BranchMove> MoveAsync(string repository, string branch, CommitHash from, CommitHash to, CancellationToken cancellationToken)
    {
        await mirrors.FindAsync(repository, from, cancellationToken);
        await mirrors.FindAsync(repository, to, cancellationToken);
        var mirror = await mirrors.FetchAsync(repository, cancellationToken);
        var leavesHistory = !await HoldsAsync(mirror, to, from, cancellationToken);
        if (leavesHistory && !ReferenceName.IsOwn(branch))
        {
            throw new ArgumentException($"{branch} belongs to a person and goes forward only", nameof(branch));
        }

        using var held = await locks.HoldAsync(mirror.LockFile, cancellationToken);
        var tip = await git.AskAsync(GitCommand.Resolve(mirror.Place, $"refs/source/heads/{branch}^{{commit}}"), cancellationToken) is { } known ? new CommitHash(known) : (CommitHash?)null;
        if (tip != from)
        {
            // Going back, only the very commit is done: everything that was refused holds it.
            return tip == to || (tip is { } now && !leavesHistory && await HoldsAsync(mirror, now, to, cancellationToken))
                ? await KeepAsync(mirror, branch, tip.Value, cancellationToken)
                : new BranchMove.Elsewhere(tip);
        }

        var push = await git.RunAsync(GitCommand.PushFrom(mirror.Place, mirror.Address, from, to, branch, leavesHistory), cancellationToken);
        return push.Code == 0 ? await KeepAsync(mirror, branch, to, cancellationToken) : Refusal(mirror, branch, push.Output, push.Error);
    }

    public Task<BranchGuard> GuardAsync(string repository, string branch, string publicKey, CancellationToken cancellationToken) =>
        new GuardInspector(git, mirrors).InspectAsync(repository, GuardHook.For(branch, string.Join(' ', publicKey.Split(' ').Take(2))), cancellationToken);

    public async Task<string> PublicKeyAsync(SigningKeyFile key, CancellationToken cancellationToken)
    {
        var asked = new ProcessInvocation("ssh-keygen", ["-y", "-P", "", "-f", key.Path])
        {
            Environment = mirrors.Anywhere.Environment(), WorkingDirectory = Path.GetDirectoryName(key.Path) is { } folder && Directory.Exists(folder) ? folder : settings.DataFolder,
        };
        return await runner.RunAsync(asked, cancellationToken) switch
        {
            ProcessResult.Exited { Code: 0 } told => string.Join(' ', told.Output.Trim().Split(' ').Take(2)),
            ProcessResult.Exited refused => throw new RepositoryException($"{key.Path} cannot be used to sign: {Said(refused.Error)}. Name a private SSH key without a passphrase that this service alone can read."),
            ProcessResult.NotStarted missing => throw new RepositoryException($"ssh-keygen could not be started ({missing.Reason}): install openssh-client."),
            _ => throw new RepositoryException("ssh-keygen gave no answer."),
        };
    }

    /// <summary>A branch of Moss's own is in the mirror too; one of a person's is not.</summary>
    private async Task<BranchMove> KeepAsync(Mirror mirror, string branch, CommitHash commit, CancellationToken cancellationToken)
    {
        if (ReferenceName.IsOwn(branch))
        {
            await git.ReadAsync(GitCommand.UpdateReference(mirror.Place, "refs/heads/" + branch, commit), $"point {branch} at {commit}", cancellationToken);
        }

        return new BranchMove.Done();
    }

    private async Task<bool> HoldsAsync(Mirror mirror, CommitHash commit, CommitHash ancestor, CancellationToken cancellationToken) =>
        (await git.RunAsync(GitCommand.IsAncestor(mirror.Place, ancestor.Value, commit), cancellationToken)).Code == 0;

    private static BranchMove Refusal(Mirror mirror, string branch, string report, string error)
    {
        var line = report.Split('\n').FirstOrDefault(line => line.StartsWith('!'));
        return line switch
        {
            null => throw GitComplaint.About(mirror.Address, error),
            _ when line.Contains("stale info", StringComparison.Ordinal) || line.Contains("failed to update ref", StringComparison.Ordinal) => new BranchMove.Elsewhere(null),
            _ when line.Contains("checked out", StringComparison.Ordinal) => new BranchMove.NotTaken(
                $"{branch} is checked out in {mirror.Address.Display}, and Moss does not disturb a work tree: check out another branch there, or keep the repository bare"),
            _ => new BranchMove.NotTaken($"{mirror.Address.Display} refused {branch}: {line.Split('\t')[^1]}. {Said(error)}"),
        };
    }

    private static string Said(string error) =>
        error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } lines ? string.Join("; ", lines.Take(3)) : "it gave no reason";
}
