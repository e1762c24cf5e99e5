using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.Containers.Engine.Images;
using Moss.Containers.Engine.Streams;
using Moss.Containers.Engine.Transport;

namespace Moss.Containers.Engine;

/// <summary>Images on the daemon's machine. Each is named by its id, its digest or a tag.</summary>
public sealed class EngineImages
{
    private readonly EngineTransport transport;

    internal EngineImages(EngineTransport transport) => this.transport = transport;

    /// <summary>What the daemon knows of it.</summary>
    public Task<ImageDetails> InspectAsync(string image, CancellationToken cancellationToken) =>
        transport.ReadAsync<ImageDetails>(EngineCall.Get("images", image, "json"), cancellationToken);

    /// <summary>All that the daemon knows of it, also what Moss has no words for.</summary>
    public Task<JsonObject> InspectRawAsync(string image, CancellationToken cancellationToken) =>
        transport.ReadAsync<JsonObject>(EngineCall.Get("images", image, "json"), cancellationToken);

    /// <summary>Images that carry all of these labels.</summary>
    public Task<ImmutableArray<ImageSummary>> ListAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        transport.ReadAsync<ImmutableArray<ImageSummary>>(EngineCall.Get("images", "json").WithLabels(labels), cancellationToken);

    /// <summary>Gives it one more name, taken from whatever had it.</summary>
    public Task TagAsync(string image, string repository, string tag, CancellationToken cancellationToken) =>
        transport.DoAsync(EngineCall.Post("images", image, "tag").With("repo", repository).With("tag", tag), cancellationToken);

    /// <summary>Takes a name away, and the image with its last one; nothing happens when it is not there.</summary>
    /// <exception cref="EngineException">A container needs it (<see cref="EngineFailure.Conflict"/>).</exception>
    public async Task RemoveAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            await transport.DoAsync(EngineCall.Delete("images", image), cancellationToken);
        }
        catch (EngineException gone) when (gone.Kind == EngineFailure.NotFound)
        {
            // That is what was wanted.
        }
    }

    /// <summary>Makes an image of one layer from an archive of its root, and returns its id.</summary>
    public async Task<string> ImportAsync(Stream tar, string repository, string tag, CancellationToken cancellationToken)
    {
        var call = EngineCall.Post("images", "create").With("fromSrc", "-").With("repo", repository).With("tag", tag).WithTar(tar);
        using var response = await transport.SendAsync(call, cancellationToken);
        string? last = null;
        await foreach (var line in JsonLines.ReadAsync<BuildLine>(response, "an import", cancellationToken))
        {
            last = line.Problem is { } problem ? throw new EngineException(EngineFailure.BadRequest, problem) : line.Status ?? last;
        }

        return last ?? throw new EngineException(EngineFailure.ServerError, "The container engine imported the image and did not say its id.");
    }

    /// <summary>Builds an image from a context that is sent as it is read: nothing of it need lie on a disk.</summary>
    /// <param name="context">A tar archive, read to its end.</param>
    /// <param name="request">How.</param>
    /// <param name="progress">Gets the builder's output piece by piece.</param>
    /// <param name="cancellationToken">Ends the call, and the build with it.</param>
    /// <exception cref="EngineException">The engine refused the build as such, or went away.</exception>
    public async Task<ImageBuild> BuildAsync(Stream context, ImageBuildRequest request, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        using var response = await transport.SendAsync(Call(request).WithTar(context), cancellationToken);
        var log = new BoundedOutput(request.LogBytes);
        string? image = null;
        await foreach (var line in JsonLines.ReadAsync<BuildLine>(response, "a build", cancellationToken))
        {
            if (line.Text is { } text)
            {
                log.Write(isError: false, System.Text.Encoding.UTF8.GetBytes(text));
                progress?.Report(text);
            }

            if (line.Problem is { } problem)
            {
                return new ImageBuild.Failed(problem) { Log = log.Read().Output };
            }

            image = line.Aux?.Id ?? image;
        }

        return image is null
            ? throw new EngineException(EngineFailure.Unreachable, "The container engine stopped before the build did.")
            : new ImageBuild.Built(image) { Log = log.Read().Output };
    }

    private static EngineCall Call(ImageBuildRequest request) =>
        EngineCall.Post("build")
            .With("dockerfile", request.Dockerfile)
            .With("t", request.Tag)
            .With("networkmode", request.Network)
            .With("memory", request.MemoryBytes?.ToString(CultureInfo.InvariantCulture))
            .With("memswap", request.MemoryBytes?.ToString(CultureInfo.InvariantCulture))
            .With("buildargs", JsonSerializer.Serialize(request.Arguments))
            .With("labels", JsonSerializer.Serialize(request.Labels))
            .With("rm", true)
            .With("forcerm", true)
            .With("nocache", request.FromScratch);
}
