using System.Collections.Concurrent;
using System.Text;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Archives;
using Moss.Containers.Engine.Images;
using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Instances.Swapping;
using Moss.Domain.Promotion;
using Moss.Testing.Docker;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>The engine with its containers and images, which outlive Moss.</summary>
internal sealed class ContainerWorld : IVersionImages
{
    private readonly DockerServer? server;
    private readonly ConcurrentDictionary<string, string> images = new(StringComparer.Ordinal);

    private ContainerWorld(IInstanceEngine engine, DockerServer? server, string? network) => (Engine, this.server, Network) = (engine, server, network);

    public IInstanceEngine Engine { get; }

    /// <summary>The same engine for swaps; null where it is a table.</summary>
    public ISwapEngine? Swaps => server is null ? null : new SwapEngine(server.Engine, TimeProvider.System);

    public FakeEngine Table => (FakeEngine)Engine;

    public string? Network { get; }

    /// <summary>By commit.</summary>
    public ConcurrentDictionary<string, string> Behaviours { get; } = new(StringComparer.Ordinal);

    /// <summary>By commit: what its image is made by beside the usual.</summary>
    public ConcurrentDictionary<string, string> Instructions { get; } = new(StringComparer.Ordinal);

    public static ContainerWorld Fake(TimeProvider clock) => new(new FakeEngine(clock), null, null);

    public static ContainerWorld Real(DockerServer server, string? network) => new(new InstanceEngine(server.Engine), server, network);

    public Task<string> GetAsync(Deployable what, DeployedVersion version, CancellationToken cancellationToken) => ImageAsync(version.Commit);

    public async Task<string> ImageAsync(string commit) => server is null
        ? Behaviours[commit]
        : images.TryGetValue(commit, out var image) ? image
        : images.GetOrAdd(commit, await BuildAsync(server.Engine, Behaviours[commit], Instructions[commit]));

    /// <summary>The commit's image is this one.</summary>
    public void Forge(string commit, string image) => images[commit] = image;

    /// <summary>A file of the state, as the newest container of the substrate sees it.</summary>
    public async Task<string?> ReadAsync(string substrate, string file)
    {
        var newest = (await server!.Engine.Containers.ListAsync(["moss.instance", $"moss.substrate={substrate}"], CancellationToken.None)).MaxBy(container => container.Created);
        return newest is null ? null : await StateVolume.TryReadAsync(server.Engine, newest.Id, $"/state/{file}");
    }

    public async Task RemoveEverythingAsync(string substrate)
    {
        if (server is null)
        {
            return;
        }

        foreach (var container in await Engine.ListAsync(["moss.instance", $"moss.substrate={substrate}"], CancellationToken.None))
        {
            await Engine.RemoveAsync(container.Name);
        }

        await Engine.RemoveVolumeAsync(ContainerNames.StateOf(substrate));
    }

    private static async Task<string> BuildAsync(EngineClient engine, string behaviour, string instructions)
    {
        var context = TarPacking.Files(
        [
            new("Dockerfile", Encoding.UTF8.GetBytes($"FROM moss-test:small\nENV PYTHONUNBUFFERED=1\nWORKDIR /desk\nCOPY . /desk\nVOLUME /state\n{instructions}\n")),
            new("server.py", Encoding.UTF8.GetBytes(DeskServer.Script)),
            new("behaviour", Encoding.UTF8.GetBytes(behaviour)),
        ]);
        var built = await engine.Images.BuildAsync(context, new ImageBuildRequest(), new Progress<string>(), CancellationToken.None);
        return built.ShouldBeOfType<ImageBuild.Built>(built.ToString()).Image;
    }
}
