using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>Makes, reads and removes leased work trees.</summary>
internal sealed class LeaseStore(WorkspaceSettings settings, GitRunner git, TreeWriter writer, OwnedFolders folders)
{
    /// <summary>Nothing is left of a lease that could not be made: its caller has nothing to release.</summary>
    public async Task<WorkspaceLease> MakeAsync(Mirror mirror, string repository, string name, CommitHash start, TreeHash tree, CancellationToken cancellationToken)
    {
        var folder = LeaseFolder.Of(settings, name);
        await folders.DeleteAsync(folder.Root, cancellationToken);
        try
        {
            await FillAsync(folder, mirror, tree, cancellationToken);
            return new WorkspaceLease(name, folder.Tree, repository, start);
        }
        catch
        {
            await folders.DeleteAsync(folder.Root, CancellationToken.None);
            throw;
        }
    }

    /// <summary>
    /// Puts what the work tree holds into a copy of the start's index and writes it as a tree, with its objects in the
    /// place's object folder. The lease itself stays as it was.
    /// </summary>
    public async Task<StagedTree> StageAsync(WorkspaceLease lease, GitPlace objects, CancellationToken cancellationToken)
    {
        var folder = Existing(lease);
        await folders.OpenUpAsync(folder.Tree, cancellationToken);
        await folders.RemoveRepositoriesAsync(folder.Tree, cancellationToken);
        var index = Path.Combine(folder.Root, "staging");
        File.Copy(folder.Index, index, overwrite: true);
        File.Delete(index + ".lock");
        var place = objects with { WorkTree = folder.Tree, IndexFile = index };

        await git.ReadAsync(GitCommand.StageTracked(place), "read the changed files", cancellationToken);
        var output = await git.ReadAsync(GitCommand.ListUntracked(place), "list the new files", cancellationToken);
        var unstorable = GitOutput.Records(output).Where(path => path.Contains(GitOutput.NotText, StringComparison.Ordinal)).ToImmutableArray();
        var added = GitOutput.Records(output).Where(path => !path.EndsWith('/') && !Leftovers.Include(path)).Except(unstorable).ToList();
        var ignored = await IgnoredAsync(place with { WorkTree = folder.Ignores }, added, cancellationToken);
        added.RemoveAll(ignored.Contains);
        if (added.Count > 0)
        {
            await git.ReadAsync(GitCommand.StageNew(place, added), "read the new files", cancellationToken);
        }

        var tree = await git.ReadAsync(GitCommand.WriteTree(place), "write a tree", cancellationToken);
        return new StagedTree(new TreeHash(tree.TrimEnd('\n')), unstorable);
    }

    public GitPlace Scratch(Mirror mirror, WorkspaceLease lease) => mirror.Place with { Objects = Existing(lease).Objects };

    public Task RemoveAsync(WorkspaceLease lease, CancellationToken cancellationToken) =>
        folders.DeleteAsync(LeaseFolder.Of(settings, lease.Name).Root, cancellationToken);

    public async Task<int> SweepAsync(IReadOnlySet<string> live, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(settings.Worktrees))
        {
            return 0;
        }

        var kept = live.Select(LeaseFolder.FolderName).ToHashSet(StringComparer.Ordinal);
        var dead = Directory.GetDirectories(settings.Worktrees).Where(folder => !kept.Contains(Path.GetFileName(folder))).ToList();
        foreach (var folder in dead)
        {
            await folders.DeleteAsync(folder, cancellationToken);
        }

        return dead.Count;
    }

    private async Task FillAsync(LeaseFolder folder, Mirror mirror, TreeHash tree, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Ignores);
        Directory.CreateDirectory(folder.Objects);
        var place = mirror.Place with { WorkTree = folder.Tree, IndexFile = folder.Index };
        var entries = await writer.ListAsync(mirror.Place, tree, cancellationToken);
        var neutralised = await writer.WriteAsync(place, tree, entries, cancellationToken);
        if (!neutralised.IsEmpty)
        {
            await git.ReadAsync(GitCommand.LeaveAlone(place, neutralised), "mark links", cancellationToken);
        }

        var ignores = entries.Where(entry => entry.IsFile && Path.GetFileName(entry.Path) == ".gitignore").Select(entry => entry.Path).ToList();
        if (ignores.Count > 0)
        {
            await git.ReadAsync(GitCommand.CheckoutSome(place with { WorkTree = folder.Ignores }, ignores), "read .gitignore", cancellationToken);
        }
    }

    private async Task<HashSet<string>> IgnoredAsync(GitPlace place, List<string> paths, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
        {
            return [];
        }

        var answer = await git.RunAsync(GitCommand.AmongIgnored(place, paths), cancellationToken);
        return answer.Code is 0 or 1
            ? [.. GitOutput.Records(answer.Output).Select(path => path["./".Length..])]
            : throw GitComplaint.During("apply .gitignore", answer.Error);
    }

    private LeaseFolder Existing(WorkspaceLease lease) => LeaseFolder.Of(settings, lease.Name) is var folder && File.Exists(folder.Index)
        ? folder
        : throw new InvalidOperationException($"The work tree '{lease.Name}' was released or never made.");
}

/// <summary>A work tree as git would store it.</summary>
/// <param name="Tree">Its hash; equal to the start's tree when nothing changed.</param>
/// <param name="Unstorable">New files whose names are not UTF-8; they are not in the tree.</param>
internal sealed record StagedTree(TreeHash Tree, ImmutableArray<string> Unstorable);
