using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>
/// Keeps readable records on <c>moss/…</c> branches of a substrate's repository. A record branch has a history of its own, which
/// begins with the first record, and no work tree is involved. Registered with <see cref="IWorkspaceWriter"/>.
/// </summary>
public interface IRecordBranch
{
    /// <summary>
    /// Puts the files on top of what the branch holds, as one commit, in the source repository and in the mirror; files that are
    /// not named stay as they are. The branch goes forward only: what others committed to it is built upon, and an end that the
    /// source has lost and the mirror has not is put back. Where nothing would change no commit is made.
    /// </summary>
    /// <param name="repository">Path or URL.</param>
    /// <param name="branch">Below <c>moss/</c>.</param>
    /// <param name="files">At least one; each path at most once.</param>
    /// <param name="message">Of the commit.</param>
    /// <param name="time">Of the commit, so that the same record gives the same hash.</param>
    /// <param name="cancellationToken">Before it is published; a record is there as a whole or not at all.</param>
    /// <returns>The commit that the branch points at.</returns>
    /// <exception cref="RepositoryException">The source cannot be reached or refuses the branch, or its history is not the mirror's.</exception>
    Task<CommitHash> RecordAsync(
        string repository, string branch, ImmutableArray<RecordFile> files, CommitMessage message, DateTimeOffset time, CancellationToken cancellationToken);
}

/// <summary>A file of a record branch.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="Text">Its whole content.</param>
public sealed record RecordFile(string Path, string Text);
