using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.Deployment;
using Moss.Deployment.Instances.Swapping;
using Moss.Deployment.Starting;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>A person's own container with a real server in it, after which Moss looks.</summary>
internal sealed class SwapSubject : IAsyncDisposable
{
    private readonly DockerUnderTest docker;

    private SwapSubject(DockerUnderTest docker, string name, SwapTarget target) =>
        (this.docker, Name, World) = (docker, name, World.RealSwap(docker.Server, target with { Container = target.Compose is null ? name : null }));

    public World World { get; }

    public string Name { get; }

    /// <summary>The volume with its state.</summary>
    public string Volume => Name + "-state";

    /// <summary>Where Moss keeps what it keeps.</summary>
    public DeploymentFolders Folders => new(Options.Create(new DeploymentOptions { Folder = World.Folder }));

    public EngineContainers Containers => docker.Engine.Containers;

    /// <summary>The container runs and is known to Moss.</summary>
    /// <param name="docker">Where.</param>
    /// <param name="change">Of what it is made from.</param>
    /// <param name="target">What moss.yaml says beside its name.</param>
    public static async Task<SwapSubject> ServingAsync(DockerUnderTest docker, Action<JsonObject>? change = null, SwapTarget? target = null)
    {
        var subject = await RunningAsync(docker, change, target);
        await subject.AdoptAsync();
        return subject;
    }

    /// <summary>Moss is told of it.</summary>
    public async Task AdoptAsync()
    {
        await using var moss = World.Moss();
        (await moss.Keeper.StartAsync(Deployment.World.Substrate, null, default)).ShouldBe(new StartOutcome.Done());
    }

    /// <summary>The container runs.</summary>
    public static async Task<SwapSubject> RunningAsync(DockerUnderTest docker, Action<JsonObject>? change = null, SwapTarget? target = null)
    {
        var subject = new SwapSubject(docker, $"desk-{Guid.NewGuid():n}"[..16], target ?? new SwapTarget());
        var body = subject.Body(await subject.World.Containers!.ImageAsync(subject.World.Base.Value));
        change?.Invoke(body);
        await docker.Engine.Containers.StartAsync(await docker.Engine.Containers.CreateAsync(subject.Name, body, default), default);
        return subject;
    }

    /// <summary>Runs a command in whoever has the place; it may end with it.</summary>
    public async Task ExecAsync(params string[] command) =>
        await docker.Engine.Commands.RunAsync(await docker.Engine.Commands.CreateAsync(Name, command, default), 10_000, default);

    /// <summary>All its programs end, and nobody asked the engine for it.</summary>
    public async Task CrashAsync()
    {
        await ExecAsync("sh", "-c", "kill -KILL -1");
        await Eventually.HoldsAsync(async () => await InspectAsync() is var seen
            && (seen["RestartCount"]!.GetValue<int>() > 0 || !seen["State"]!["Running"]!.GetValue<bool>()));
    }

    /// <summary>All that the engine knows of whoever has the place.</summary>
    public Task<JsonObject> InspectAsync() => Containers.InspectRawAsync(Name, default);

    /// <summary>Every container that stands at the place or beside it.</summary>
    public async Task<IReadOnlyList<ContainerSummary>> AllAsync() => await Containers.NamedAsync(Name, default);

    /// <summary>Names of the copies of its state.</summary>
    public async Task<IReadOnlyList<string>> CopiesAsync() =>
        [.. (await docker.Engine.Volumes.ListAsync([$"moss.owner={Folders.Owner()}"], default)).Select(volume => volume.Name)];

    /// <summary>The starts that the state has seen, in order.</summary>
    public async Task<string[]> StartsAsync() =>
        (await StateVolume.TryReadAsync(docker.Engine, Name, "/state/starts"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What must hold whatever happened: one container runs, it has the place, no state was lost and nobody wrote beside it.</summary>
    public async Task AssertOneAsync(string behaviour, string note = "")
    {
        var running = (await AllAsync()).Where(container => container.State == "running").ToList();
        running.ShouldHaveSingleItem(note).Names.ShouldContain('/' + Name, note);
        running[0].Image.ShouldBe(await World.Containers!.ImageAsync(World.Containers.Behaviours.Single(known => known.Value == behaviour).Key), note);
        (await StateVolume.TryReadAsync(docker.Engine, Name, "/state/two-writers")).ShouldBeNull(note);
        (await StartsAsync())[0].ShouldBe("healthy", note);
    }

    /// <summary>The engine starts again whoever has the place, as a person said.</summary>
    public async Task AssertArmedAsync(string note = "") =>
        SeenContainers.Read(await InspectAsync()).RestartPolicy.ShouldBe("always", note);

    /// <summary>The id of whoever has the place.</summary>
    public async Task<string> IdAsync() => (await InspectAsync())["Id"]!.GetValue<string>();

    /// <summary>From now on moss.yaml says this.</summary>
    public void Declare(Func<DeployStep, DeployStep> change)
    {
        var declaration = World.Repository.Declaration;
        World.Repository.Declaration = declaration with { Deploy = change(declaration.Deploy!) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in await AllAsync())
        {
            await Containers.RemoveAsync(container.Id, default);
        }

        foreach (var copy in await CopiesAsync())
        {
            await docker.Engine.Volumes.RemoveAsync(copy, default);
        }

        await docker.Engine.Volumes.RemoveAsync(Volume, default);
        await World.DisposeAsync();
    }

    private JsonObject Body(string image) => new()
    {
        ["Image"] = image,
        ["Cmd"] = new JsonArray("python3", "server.py"),
        ["Env"] = new JsonArray("MOSS_HOST=0.0.0.0", "MOSS_PORT=8080", "MOSS_STATE=/state", "PYTHONDONTWRITEBYTECODE=1"),
        ["HostConfig"] = new JsonObject
        {
            ["Binds"] = new JsonArray($"{Volume}:/state"),
            ["NetworkMode"] = docker.Network,
            ["Init"] = true,
            ["RestartPolicy"] = JsonNode.Parse("""{"Name":"always"}"""),
        },
    };
}
