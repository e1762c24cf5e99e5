using System.Collections.Immutable;
using Moss.Processes;

namespace Moss.Workspaces;

/// <summary>
/// All ports on the git command line. Safe to share, and two processes may share a data folder. Programs of a repository
/// (hooks, filters, monitors, credential helpers) never start.
/// </summary>
public sealed class GitWorkspaces : IWorkspaceReader, IWorkspaceWriter, IRecordBranch
{
    private readonly GitRunner git;
    private readonly MirrorStore mirrors;
    private readonly ReferenceResolver references;
    private readonly RepositoryInspector inspector;
    private readonly TreeWriter writer;
    private readonly TreeStore trees;
    private readonly ArchiveMaker archives;
    private readonly LeaseStore leases;
    private readonly Rebasing rebasing;
    private readonly BranchPublisher publisher;
    private readonly BranchRecorder recorder;

    /// <summary>Touches nothing until it is used.</summary>
    public GitWorkspaces(WorkspaceSettings settings, IProcessRunner runner, TimeProvider time)
    {
        var locks = new RepositoryLock(time);
        git = new GitRunner(runner);
        var folders = new OwnedFolders(settings, runner);
        mirrors = new MirrorStore(settings, git, locks, folders);
        references = new ReferenceResolver(git);
        inspector = new RepositoryInspector(git, mirrors, references);
        writer = new TreeWriter(git);
        trees = new TreeStore(settings, writer, locks, folders);
        archives = new ArchiveMaker(git);
        leases = new LeaseStore(settings, git, writer, folders);
        rebasing = new Rebasing(git);
        publisher = new BranchPublisher(git, locks);
        recorder = new BranchRecorder(git, locks, publisher);
        History = new BranchHistory(git, mirrors);
        Stable = new StableBranch(settings, git, runner, mirrors, locks);
    }

    /// <summary>What happened on branches.</summary>
    public IBranchHistory History { get; }

    /// <summary>The way to a branch that a person owns; only who does oversight is given it.</summary>
    public IStableBranch Stable { get; }

    /// <inheritdoc/>
    public Task<RepositoryState> InspectAsync(string repository, CancellationToken cancellationToken) =>
        inspector.InspectAsync(repository, cancellationToken);

    /// <inheritdoc/>
    public async Task<CommitHash> ResolveAsync(string repository, string reference, CancellationToken cancellationToken) =>
        await references.ResolveAsync(await mirrors.FetchAsync(repository, cancellationToken), reference, cancellationToken);

    /// <inheritdoc/>
    public async Task<TreeHash> TreeOfAsync(string repository, CommitHash commit, CancellationToken cancellationToken) =>
        (await mirrors.FindAsync(repository, commit, cancellationToken)).Tree;

    /// <inheritdoc/>
    public async Task<string> CheckoutAsync(string repository, CommitHash commit, CancellationToken cancellationToken)
    {
        var (mirror, tree) = await mirrors.FindAsync(repository, commit, cancellationToken);
        return await trees.CheckoutAsync(mirror, tree, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> ListFilesAsync(string repository, CommitHash commit, CancellationToken cancellationToken)
    {
        var (mirror, tree) = await mirrors.FindAsync(repository, commit, cancellationToken);
        var entries = await writer.ListAsync(mirror.Place, tree, cancellationToken);
        return [.. entries.Where(entry => !entry.IsSubmodule).Select(entry => entry.Path).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ReadFileAsync(string repository, CommitHash commit, string path, CancellationToken cancellationToken)
    {
        var (mirror, tree) = await mirrors.FindAsync(repository, commit, cancellationToken);
        if (path.Contains('\0', StringComparison.Ordinal) || path.Split('/').Any(part => part is "" or "." or ".."))
        {
            return null;
        }

        var listed = await git.ReadAsync(GitCommand.ListPath(mirror.Place, tree.Value, path), $"look for {path}", cancellationToken);
        return GitOutput.Tree(listed).FirstOrDefault(entry => entry.Path == path && entry.IsFile) is { } file
            ? await ReadBlobAsync(mirror, file.Object, cancellationToken)
            : null;
    }

    /// <inheritdoc/>
    public async Task<Stream> ArchiveAsync(string repository, CommitHash commit, ImmutableArray<string> without, CancellationToken cancellationToken)
    {
        var (mirror, tree) = await mirrors.FindAsync(repository, commit, cancellationToken);
        await writer.ListAsync(mirror.Place, tree, cancellationToken);
        return await archives.MakeAsync(mirror, commit, without, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> IsAncestorAsync(string repository, CommitHash ancestor, CommitHash descendant, CancellationToken cancellationToken)
    {
        await mirrors.FindAsync(repository, ancestor, cancellationToken);
        var (mirror, _) = await mirrors.FindAsync(repository, descendant, cancellationToken);
        var asked = await git.RunAsync(GitCommand.IsAncestor(mirror.Place, ancestor.Value, descendant), cancellationToken);
        return asked.Code is 0 or 1 ? asked.Code == 0 : throw GitComplaint.During("compare histories", asked.Error);
    }

    /// <inheritdoc/>
    public async Task<Diff> DiffAsync(string repository, CommitHash from, CommitHash to, CancellationToken cancellationToken)
    {
        var before = await mirrors.FindAsync(repository, from, cancellationToken);
        var after = await mirrors.FindAsync(repository, to, cancellationToken);
        return await DiffAsync(after.Mirror.Place, before.Tree, after.Tree, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<WorkspaceLease> LeaseAsync(string repository, string name, CommitHash start, CancellationToken cancellationToken)
    {
        var (mirror, tree) = await mirrors.FindAsync(repository, start, cancellationToken);
        return await leases.MakeAsync(mirror, repository, name, start, tree, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Diff> ChangesAsync(WorkspaceLease lease, CancellationToken cancellationToken)
    {
        var (mirror, start) = await mirrors.FindAsync(lease.Repository, lease.Start, cancellationToken);
        var scratch = leases.Scratch(mirror, lease);
        var staged = await leases.StageAsync(lease, scratch, cancellationToken);
        var diff = await DiffAsync(scratch, start, staged.Tree, cancellationToken);
        return diff with { Files = [.. diff.Files, .. staged.Unstorable.Select(path => new FileChange(path, 0, 0, Binary: true))] };
    }

    /// <inheritdoc/>
    public async Task<CommitHash?> CommitAsync(WorkspaceLease lease, CommitMessage message, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var (mirror, start) = await mirrors.FindAsync(lease.Repository, lease.Start, cancellationToken);
        var staged = await leases.StageAsync(lease, mirror.Place, cancellationToken);
        if (!staged.Unstorable.IsEmpty)
        {
            throw new RepositoryException($"The new file '{staged.Unstorable[0]}' has a name that is not valid UTF-8: it cannot be part of a change.");
        }

        if (staged.Tree == start)
        {
            return null;
        }

        var command = GitCommand.CommitTree(mirror.Place, staged.Tree, lease.Start, CommitText.Render(message), time);
        return new CommitHash((await git.ReadAsync(command, "commit", cancellationToken)).TrimEnd('\n'));
    }

    /// <inheritdoc/>
    public async Task<Rebase> RebaseAsync(string repository, CommitHash commit, CommitHash onto, DateTimeOffset time, CancellationToken cancellationToken)
    {
        await mirrors.FindAsync(repository, commit, cancellationToken);
        var (mirror, _) = await mirrors.FindAsync(repository, onto, cancellationToken);
        return await rebasing.MoveAsync(mirror, commit, onto, time, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<CommitHash> RevertAsync(
        string repository, CommitHash undone, CommitHash earlier, CommitMessage message, DateTimeOffset time, CancellationToken cancellationToken)
    {
        await mirrors.FindAsync(repository, undone, cancellationToken);
        var (mirror, tree) = await mirrors.FindAsync(repository, earlier, cancellationToken);
        var command = GitCommand.CommitTree(mirror.Place, tree, undone, CommitText.Render(message), time);
        return new CommitHash((await git.ReadAsync(command, "commit", cancellationToken)).TrimEnd('\n'));
    }

    /// <inheritdoc/>
    public async Task PublishAsync(string repository, string branch, CommitHash commit, CancellationToken cancellationToken)
    {
        var (mirror, _) = await mirrors.FindAsync(repository, commit, cancellationToken);
        await publisher.PublishAsync(mirror, branch, commit, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CommitHash> RecordAsync(
        string repository, string branch, ImmutableArray<RecordFile> files, CommitMessage message, DateTimeOffset time, CancellationToken cancellationToken) =>
        recorder.RecordAsync(
            () => mirrors.FetchAsync(repository, cancellationToken), BranchRecord.Of(branch, files, message, time), cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAsync(WorkspaceLease lease, CancellationToken cancellationToken) =>
        leases.RemoveAsync(lease, cancellationToken);

    /// <inheritdoc/>
    public Task<int> SweepAsync(IReadOnlySet<string> live, CancellationToken cancellationToken) =>
        leases.SweepAsync(live, cancellationToken);

    private async Task<Diff> DiffAsync(GitPlace place, TreeHash from, TreeHash to, CancellationToken cancellationToken)
    {
        var counts = await git.ReadAsync(GitCommand.Counts(place, from.Value, to.Value), "count a change", cancellationToken);
        var patch = await git.RunAsync(GitCommand.Patch(place, from.Value, to.Value), cancellationToken);
        return patch switch
        {
            { Code: not 0 } => throw GitComplaint.During("show a change", patch.Error),
            { Truncated: true } => new Diff(patch.Output + $"\n[cut after {GitCommand.PatchLimit} bytes]\n", GitOutput.Counts(counts)),
            _ => new Diff(patch.Output, GitOutput.Counts(counts)),
        };
    }

    private async Task<byte[]> ReadBlobAsync(Mirror mirror, string blob, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(mirror.Place.Settings.Home, $"blob-{Guid.NewGuid():n}"));
        try
        {
            var name = await git.ReadAsync(GitCommand.Unpack(mirror.Place, blob, folder.FullName), "read a file", cancellationToken);
            return await File.ReadAllBytesAsync(Path.Combine(folder.FullName, name.TrimEnd('\n')), cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
