using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>Makes archives of commits. One lies on disk without a name from the moment it is whole: who is killed leaves none.</summary>
internal sealed class ArchiveMaker(GitRunner git)
{
    private const int Chunk = 64 * 1024;

    public async Task<Stream> MakeAsync(Mirror mirror, CommitHash commit, ImmutableArray<string> without, CancellationToken cancellationToken)
    {
        // A mirror may be older than what the file has to say about archives.
        GitFiles.Ensure(Path.Combine(mirror.Place.GitDirectory!, "info", "attributes"), GitFiles.Attributes);
        var file = Path.Combine(mirror.Place.Settings.Home, $"archive-{Guid.NewGuid():n}");
        try
        {
            await git.ReadAsync(GitCommand.Archive(mirror.Place, commit, without, file), "make an archive", cancellationToken);
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Chunk, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
