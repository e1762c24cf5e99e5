using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>Lays a tree down as plain files.</summary>
internal sealed class TreeWriter(GitRunner git)
{
    /// <summary>All entries of a tree; throws when a name is not UTF-8.</summary>
    public async Task<ImmutableArray<TreeEntry>> ListAsync(GitPlace place, TreeHash tree, CancellationToken cancellationToken)
    {
        var entries = GitOutput.Tree(await git.ReadAsync(GitCommand.ListTree(place, tree.Value), "list files", cancellationToken));
        return entries.FirstOrDefault(entry => entry.Path.Contains(GitOutput.NotText, StringComparison.Ordinal)) is not { } broken
            ? entries
            : throw new RepositoryException($"The file name '{broken.Path}' is not valid UTF-8 (shown with \uFFFD): rename the file and commit.");
    }

    /// <summary>
    /// Fills the empty folder <c>place.WorkTree</c> and the index. Links that leave the tree become plain files; their
    /// paths are returned.
    /// </summary>
    public async Task<ImmutableArray<string>> WriteAsync(
        GitPlace place, TreeHash tree, ImmutableArray<TreeEntry> entries, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(place.WorkTree!);
        await git.ReadAsync(GitCommand.ReadTree(place, tree.Value), "read a tree", cancellationToken);
        await git.ReadAsync(GitCommand.CheckoutAll(place), "check out a tree", cancellationToken);
        return Neutralise(place.WorkTree!, entries);
    }

    private static ImmutableArray<string> Neutralise(string folder, ImmutableArray<TreeEntry> entries)
    {
        var links = entries.Where(entry => entry.IsLink).ToDictionary(
            entry => entry.Path,
            entry => new FileInfo(Path.Combine(folder, entry.Path)).LinkTarget ?? "",
            StringComparer.Ordinal);
        var escaping = EscapingLinks.Among(links);
        foreach (var link in escaping)
        {
            var file = Path.Combine(folder, link);
            File.Delete(file);
            File.WriteAllText(file, links[link]);
        }

        return escaping;
    }
}
