using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Images;
using Moss.Workspaces;

namespace Moss.Containers.Building;

/// <summary>
/// Images of commits, each built once and found again. The files are the commit's, the instructions and their arguments the base
/// commit's; no checkout lies on a disk.
/// </summary>
public sealed class CommitImages(EngineClient engine, IWorkspaceReader workspaces, CommitImageOptions options, TimeProvider time)
{
    /// <summary>Whether Moss gives this label to the images that it builds, over whatever their instructions say.</summary>
    public static bool Marks(string label) => label is CommitImageName.Substrate or CommitImageName.Commit or CommitImageName.Recipe;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);

    /// <summary>The image of a commit, built when it is not there. One build of the same at a time; who comes later gets what the first made.</summary>
    /// <exception cref="EngineException">The engine is away or failed; nothing is known about the commit. Worth another try.</exception>
    /// <exception cref="RepositoryException">The commit cannot be read.</exception>
    public async Task<CommitImage> GetAsync(CommitImageRequest request, CancellationToken cancellationToken)
    {
        if (await workspaces.ReadFileAsync(request.Repository, request.Base, request.Image.Dockerfile, cancellationToken) is not { } dockerfile)
        {
            return new CommitImage.Refused($"image.dockerfile: there is no file '{request.Image.Dockerfile}' in commit {request.Base}", "");
        }

        var name = CommitImageName.Of(request, dockerfile);
        var gate = gates.GetOrAdd(name.Reference, _ => new(1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await FindAsync(name, cancellationToken) is { } there ? new CommitImage.Ready(there) : await BuildAsync(request, name, dockerfile, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The id of the image of a commit; null when it has not been built, or has been removed.</summary>
    /// <exception cref="EngineException">The engine is away.</exception>
    public async Task<string?> FindAsync(CommitImageRequest request, CancellationToken cancellationToken) =>
        await workspaces.ReadFileAsync(request.Repository, request.Base, request.Image.Dockerfile, cancellationToken) is { } dockerfile
            ? await FindAsync(CommitImageName.Of(request, dockerfile), cancellationToken)
            : null;

    private async Task<string?> FindAsync(CommitImageName name, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.Images.InspectAsync(name.Reference, cancellationToken) is var image && name.Fits(image) ? image.Id : null;
        }
        catch (EngineException missing) when (missing.Kind == EngineFailure.NotFound)
        {
            return null;
        }
    }

    private async Task<CommitImage> BuildAsync(CommitImageRequest request, CommitImageName name, byte[] dockerfile, CancellationToken cancellationToken)
    {
        var log = new LogTail(options.LogLetters);
        using var late = new CancellationTokenSource(request.Image.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        await using var context = await BuildContext.OpenAsync(workspaces, request, dockerfile, cancellationToken);
        try
        {
            return await engine.Images.BuildAsync(context, HowToBuild(request, name, options), log, either.Token) switch
            {
                ImageBuild.Built built => new CommitImage.Ready(await NameAsync(built.Image, name, cancellationToken)),
                ImageBuild.Failed failed when BuilderTrouble.Explains(failed.Reason) => throw new EngineException(EngineFailure.ServerError, failed.Reason),
                ImageBuild.Failed failed => new CommitImage.Refused(failed.Reason, log.ToString()),
                _ => throw new UnreachableException(),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CommitImage.Refused(string.Create(CultureInfo.InvariantCulture, $"was not built within {request.Image.Timeout.TotalSeconds:0.##} s"), log.ToString());
        }
        catch (EngineException refused) when (refused.Kind == EngineFailure.BadRequest)
        {
            return new CommitImage.Refused(refused.Message, log.ToString());
        }
    }

    internal static ImageBuildRequest HowToBuild(CommitImageRequest request, CommitImageName name, CommitImageOptions options) => new()
    {
        Dockerfile = BuildContext.Dockerfile,
        Arguments = request.Image.Arguments,
        Labels = name.Labels,
        Network = request.Image.Network ? "default" : "none",
        MemoryBytes = options.MemoryBytes,
        LogBytes = 0,
    };

    /// <summary>Another process may have built the same meanwhile: whoever named its image first has made the one that counts.</summary>
    private async Task<string> NameAsync(string image, CommitImageName name, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is { } first)
        {
            return first;
        }

        await engine.Images.TagAsync(image, name.Repository, name.Tag, cancellationToken);
        return image;
    }
}
