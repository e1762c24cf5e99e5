using System.Collections.Immutable;
using Moss.Containers.Engine.Archives;
using Moss.Workspaces;

namespace Moss.Containers.Building;

/// <summary>
/// What a builder gets: the files of the commit without scenarios, and the instructions of the base commit under a name that no file
/// of the commit has. Nothing in the commit can put itself in their place, not by a link either.
/// </summary>
internal static class BuildContext
{
    /// <summary>The instructions, in the context.</summary>
    public const string Dockerfile = ".moss.Dockerfile";

    private const string Ignored = ".dockerignore";

    /// <summary>To be read once; the archive of the commit is streamed through.</summary>
    public static async Task<Stream> OpenAsync(IWorkspaceReader workspaces, CommitImageRequest request, byte[] dockerfile, CancellationToken cancellationToken)
    {
        ImmutableArray<string> without = [request.Scenarios, Dockerfile, Ignored];
        var commit = await workspaces.ArchiveAsync(request.Repository, request.Commit, without, cancellationToken);
        return TarPacking.Before(
            // The engine takes both away again before the first instruction, so that no COPY brings them into an image.
            [new(Dockerfile, dockerfile), new(Ignored, System.Text.Encoding.ASCII.GetBytes($"{Dockerfile}\n{Ignored}\n"))],
            commit);
    }
}
