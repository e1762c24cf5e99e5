using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>Histories as the mirror has them.</summary>
internal sealed class BranchHistory(GitRunner git, MirrorStore mirrors) : IBranchHistory
{
    /// <summary>Git knows the empty tree without storing it.</summary>
    private const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    public async Task<CommitHash?> TipAsync(string repository, string branch, CancellationToken cancellationToken)
    {
        var mirror = await mirrors.FetchAsync(repository, cancellationToken);
        return await git.AskAsync(GitCommand.Resolve(mirror.Place, $"refs/source/heads/{branch}^{{commit}}"), cancellationToken) is { } tip ? new CommitHash(tip) : null;
    }

    public async Task<bool> HoldsAsync(string repository, CommitHash commit, CommitHash ancestor, CancellationToken cancellationToken)
    {
        await mirrors.FindAsync(repository, ancestor, cancellationToken);
        var (mirror, _) = await mirrors.FindAsync(repository, commit, cancellationToken);
        return (await git.RunAsync(GitCommand.IsAncestor(mirror.Place, ancestor.Value, commit), cancellationToken)).Code == 0;
    }

    public async Task<ImmutableArray<HistoryCommit>> BetweenAsync(
        string repository, CommitHash after, CommitHash until, bool firstParents, CancellationToken cancellationToken)
    {
        await mirrors.FindAsync(repository, after, cancellationToken);
        var (mirror, _) = await mirrors.FindAsync(repository, until, cancellationToken);
        return Commits(await git.ReadAsync(GitCommand.History(mirror.Place, until, after, firstParents), "read a history", cancellationToken));
    }

    public async Task<HistoryCommit> CommitAsync(string repository, CommitHash commit, CancellationToken cancellationToken)
    {
        var (mirror, _) = await mirrors.FindAsync(repository, commit, cancellationToken);
        return Commits(await git.ReadAsync(GitCommand.Describe(mirror.Place, commit), "read a commit", cancellationToken))[0];
    }

    public async Task<ImmutableArray<FileChange>> ChangedAsync(string repository, CommitHash commit, CancellationToken cancellationToken)
    {
        var (mirror, _) = await mirrors.FindAsync(repository, commit, cancellationToken);
        var parent = await git.AskAsync(GitCommand.Resolve(mirror.Place, $"{commit}^1^{{tree}}"), cancellationToken) ?? EmptyTree;
        return await CountAsync(mirror, parent, commit, cancellationToken);
    }

    public async Task<ImmutableArray<FileChange>> SizesAsync(string repository, CommitHash commit, CancellationToken cancellationToken)
    {
        var (mirror, _) = await mirrors.FindAsync(repository, commit, cancellationToken);
        return await CountAsync(mirror, EmptyTree, commit, cancellationToken);
    }

    private async Task<ImmutableArray<FileChange>> CountAsync(Mirror mirror, string before, CommitHash commit, CancellationToken cancellationToken) =>
        GitOutput.Counts(await git.ReadAsync(GitCommand.Counts(mirror.Place, before, commit.Value + "^{tree}"), "count a change", cancellationToken));

    // hash LF parents LF subject NUL
    private static ImmutableArray<HistoryCommit> Commits(string output) => [.. GitOutput.Records(output).Select(record =>
    {
        var lines = record.TrimStart('\n').Split('\n', 3);
        return new HistoryCommit(
            new(lines[0]), [.. lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(parent => new CommitHash(parent))], lines[2]);
    })];
}
