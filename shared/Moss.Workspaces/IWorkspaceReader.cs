using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>
/// Reads a substrate's repository through a bare mirror in Moss's data folder. <c>repository</c> is a path or an URL that
/// git understands. Every method throws <see cref="RepositoryException"/> when the repository cannot be used.
/// </summary>
public interface IWorkspaceReader
{
    /// <summary>
    /// Fetches and looks at the repository as a whole. Throws when it is not there, is not a git repository, cannot be
    /// reached or has no commits; a bare or dirty one is reported, not refused.
    /// </summary>
    Task<RepositoryState> InspectAsync(string repository, CancellationToken cancellationToken);

    /// <summary>Fetches and resolves a branch, tag, hash or <c>HEAD</c> (the source's) to a commit.</summary>
    Task<CommitHash> ResolveAsync(string repository, string reference, CancellationToken cancellationToken);

    /// <summary>The tree of a commit.</summary>
    Task<TreeHash> TreeOfAsync(string repository, CommitHash commit, CancellationToken cancellationToken);

    /// <summary>
    /// Absolute path of a read-only checkout of the commit's tree, made once and shared. It has no .git inside. A symbolic
    /// link that leaves the tree stands there as a plain file that holds the link's target, so that nobody who reads the
    /// checkout reads the host; submodules are empty folders and LFS content is its pointer.
    /// </summary>
    Task<string> CheckoutAsync(string repository, CommitHash commit, CancellationToken cancellationToken);

    /// <summary>Paths of all files in the commit, with forward slashes, sorted by code unit; submodules are left out.</summary>
    Task<ImmutableArray<string>> ListFilesAsync(string repository, CommitHash commit, CancellationToken cancellationToken);

    /// <summary>Content of one file in the commit; null when it is not there or is no regular file (a folder, a link).</summary>
    Task<byte[]?> ReadFileAsync(string repository, CommitHash commit, string path, CancellationToken cancellationToken);

    /// <summary>
    /// A tar archive of all files of the commit as they are in it, whatever its attributes say, below no folder of their own.
    /// Links are links, wherever they lead; submodules are empty folders.
    /// </summary>
    /// <param name="repository">Where.</param>
    /// <param name="commit">Which.</param>
    /// <param name="without">Paths of files and folders that are left out, each with everything below it; they need not be there.</param>
    /// <param name="cancellationToken">For the making, not for the reading.</param>
    /// <returns>To be read once from the beginning; nothing is left when it is disposed of.</returns>
    Task<Stream> ArchiveAsync(string repository, CommitHash commit, ImmutableArray<string> without, CancellationToken cancellationToken);

    /// <summary>Whether a commit is another one or is in its history.</summary>
    Task<bool> IsAncestorAsync(string repository, CommitHash ancestor, CommitHash descendant, CancellationToken cancellationToken);

    /// <summary>What changed from one commit to another. The same two always give the same text.</summary>
    Task<Diff> DiffAsync(string repository, CommitHash from, CommitHash to, CancellationToken cancellationToken);
}
