using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>Looks at a source repository as a whole.</summary>
internal sealed class RepositoryInspector(GitRunner git, MirrorStore mirrors, ReferenceResolver references)
{
    private const int Named = 3;

    public async Task<RepositoryState> InspectAsync(string repository, CancellationToken cancellationToken)
    {
        var mirror = await mirrors.FetchAsync(repository, cancellationToken);
        var branches = await references.BranchesAsync(mirror, cancellationToken);
        var head = await git.RunAsync(GitCommand.RemoteHead(mirror.Place, mirror.Address), cancellationToken);
        var branch = GitOutput.HeadBranch(head.Output);
        var bare = await IsBareAsync(mirror, cancellationToken);
        var uncommitted = bare ? [] : await UncommittedAsync(mirror, cancellationToken);
        var notes = await NotesAsync(mirror, branch ?? branches[0], cancellationToken);
        return new RepositoryState(mirror.Address.Display, bare, branch, [.. branches], uncommitted, notes);
    }

    private async Task<bool> IsBareAsync(Mirror mirror, CancellationToken cancellationToken) =>
        !mirror.Address.Local
        || await git.AskAsync(GitCommand.IsBare(Source(mirror)), cancellationToken) != "false";

    private async Task<ImmutableArray<string>> UncommittedAsync(Mirror mirror, CancellationToken cancellationToken)
    {
        var filters = await git.AskAsync(GitCommand.ListFilters(Source(mirror)), cancellationToken) ?? "";
        var status = GitCommand.Status(Source(mirror), GitOutput.Records(filters));
        return GitOutput.Status(await git.ReadAsync(status, $"read the state of {mirror.Address.Display}", cancellationToken));
    }

    private async Task<ImmutableArray<string>> NotesAsync(Mirror mirror, string branch, CancellationToken cancellationToken)
    {
        var commit = await references.ResolveAsync(mirror, branch, cancellationToken);
        var entries = GitOutput.Tree(await git.ReadAsync(GitCommand.ListTree(mirror.Place, commit.Value), "list files", cancellationToken));
        var notes = ImmutableArray.CreateBuilder<string>();
        if (entries.Where(entry => entry.IsSubmodule).ToList() is { Count: > 0 } submodules)
        {
            notes.Add($"Submodules are left out ({Some(submodules)}): commit their files to this repository if trials need them.");
        }

        if (await LargeFilesAsync(mirror, entries, cancellationToken))
        {
            notes.Add("Files under Git LFS come as their pointers (.gitattributes names filter=lfs): commit the content itself if trials need it.");
        }

        return notes.ToImmutable();
    }

    private async Task<bool> LargeFilesAsync(Mirror mirror, ImmutableArray<TreeEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var attributes in entries.Where(entry => entry.IsFile && Path.GetFileName(entry.Path) == ".gitattributes"))
        {
            var text = await git.ReadAsync(GitCommand.ShowBlob(mirror.Place, attributes.Object), "read .gitattributes", cancellationToken);
            if (text.Contains("filter=lfs", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private GitPlace Source(Mirror mirror) => mirrors.Anywhere with { Source = mirror.Address.Location };

    private static string Some(List<TreeEntry> entries) =>
        string.Join(", ", entries.Take(Named).Select(entry => entry.Path)) + (entries.Count > Named ? ", …" : "");
}
