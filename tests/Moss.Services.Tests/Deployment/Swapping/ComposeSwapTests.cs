using System.Diagnostics;
using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>A service of Compose is swapped behind its back, and it goes on looking after it.</summary>
[Collection(DockerCollection.Name)]
[Trait("Duration", "long")]
public sealed class ComposeSwapTests(DockerUnderTest docker) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string project = $"shop{Guid.NewGuid():n}"[..12];

    [Fact]
    public async Task After_a_swap_it_neither_recreates_the_service_nor_starts_what_was_replaced()
    {
        await using var world = World.RealSwap(docker.Server, new SwapTarget { Compose = $"{project}/desk" });
        File.WriteAllText(folder.Combine("docker-compose.yml"), $$"""
            version: "2.4"
            services:
              desk:
                image: {{await world.Containers!.ImageAsync(world.Base.Value)}}
                command: [python3, server.py]
                init: true
                restart: always
                environment: { MOSS_HOST: 0.0.0.0, MOSS_PORT: "8080", MOSS_STATE: /state, PYTHONDONTWRITEBYTECODE: "1" }
                volumes: ["state:/state"]
                networks: [tests]
            volumes: { state: {} }
            networks: { tests: { external: true, name: {{docker.Network}} } }
            """);
        await ComposeAsync("up", "-d");
        await using var moss = world.Moss();
        (await moss.Keeper.StartAsync(World.Substrate, null, default)).ShouldBe(new StartOutcome.Done());
        var promoted = world.Version("better");
        await moss.PromoteAsync<CandidatePromoted>(await world.ImageCommandAsync(promoted));
        var after = (await world.DeploymentAsync()).Process!.Container!;

        await ComposeAsync("up", "-d");

        (await docker.Engine.Containers.InspectAsync(after, default)).State.Running.ShouldBeTrue();
        var running = (await docker.Engine.Containers.ListAsync([$"com.docker.compose.project={project}"], default)).Where(container => container.State == "running");
        running.ShouldHaveSingleItem().Id.ShouldBe(after);
        await ComposeAsync("down", "-v");
    }

    public void Dispose() => folder.Dispose();

    private async Task ComposeAsync(params string[] arguments)
    {
        var alone = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(place => File.Exists(Path.Combine(place, "docker-compose")));
        var start = new ProcessStartInfo(alone ? "docker-compose" : "docker", [.. alone ? [] : new[] { "compose" }, "-p", project, .. arguments])
        {
            WorkingDirectory = folder.Path, RedirectStandardError = true,
        };
        start.Environment["DOCKER_HOST"] = $"unix://{docker.Server.Socket}";
        using var compose = Process.Start(start)!;
        var said = await compose.StandardError.ReadToEndAsync();
        await compose.WaitForExitAsync();
        compose.ExitCode.ShouldBe(0, said);
    }
}
