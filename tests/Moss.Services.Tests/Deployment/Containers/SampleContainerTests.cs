using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Moss.Containers.Engine.Archives;
using Moss.Containers.Engine.Images;
using Moss.Deployment;
using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Instances.Swapping;
using Moss.Deployment.Probing;
using Moss.Domain.Promotion;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>The sample as its own declaration and Dockerfile make it.</summary>
[Collection(DockerCollection.Name)]
public sealed class SampleContainerTests(DockerUnderTest docker)
{
    [Fact]
    public async Task The_desk_passes_its_own_probes_in_a_container_and_keeps_its_count_from_one_to_the_next()
    {
        var sample = Path.Combine(SourceTree.Root, "samples", "desk-agent");
        var declared = SubstrateReader.Read(await File.ReadAllBytesAsync(Path.Combine(sample, "moss.yaml"))).ShouldBeOfType<SubstrateReading.Declared>().Declaration;
        var deploy = declared.Deploy! with { Port = FreePorts.Take() };
        var image = await docker.Engine.Images.BuildAsync(
            TarPacking.Folder(sample),
            new ImageBuildRequest { Arguments = ImmutableSortedDictionary<string, string>.Empty.Add("BASE", "moss-test:small") }, new Progress<string>(), default);
        using var folder = new TemporaryFolder();
        var settings = Options.Create(new DeploymentOptions { Folder = folder.Path, Engine = "docker", Network = docker.Network });
        var folders = new DeploymentFolders(settings);
        var engine = new InstanceEngine(docker.Engine);
        var host = new ContainerInstanceHost(engine, new ContainerLogs(engine, folders), folders, settings, TimeProvider.System);
        var finder = new ContainerFinder(new SwapPlaces(new SwapEngine(docker.Engine, TimeProvider.System), folders));
        using var http = new HttpProbe();
        var prober = new InstanceProber(http, new ContainerReach(engine, finder, new ContainerPlace(engine, settings), TimeProvider.System), host, TimeProvider.System);
        try
        {
            for (var run = 1; run <= 2; run++)
            {
                var version = new DeployedVersion("c", "t", "c") { Image = image.ShouldBeOfType<ImageBuild.Built>(image.ToString()).Image };
                var instance = new Instance($"desk-agent-{run}", version, deploy.Port) { Grace = deploy.Grace };
                var launch = new InstanceLaunch("desk-agent", instance, deploy, "", deploy.Container!.State, folders.Log("desk-agent", instance.Marker));
                var since = TimeProvider.System.GetUtcNow();
                var started = (await host.StartAsync(launch)).ShouldBeOfType<InstanceStart.Running>();

                await HealthyAsync(prober, launch, since);

                (await ChatAsync(deploy.Port)).ShouldBe(run);
                await host.StopAsync(instance, started.Process);
            }
        }
        finally
        {
            await host.TidyAsync("desk-agent", null, default);
            await host.ForgetStateAsync("desk-agent", default);
        }
    }

    private static async Task HealthyAsync(InstanceProber prober, InstanceLaunch launch, DateTimeOffset since)
    {
        using var patience = new CancellationTokenSource(World.Patience);
        while (await prober.ProbeAsync(launch, ProbeKind.Readiness, since, default) is { Passed: false })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>How many conversations it has handled.</summary>
    private static async Task<int> ChatAsync(int port)
    {
        using var client = new HttpClient { Timeout = World.Patience };
        using var question = new StringContent("""{"session": "s-1", "messages": ["Where is A1001?"]}""");
        var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/chat"), question);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["handled"]!.GetValue<int>();
    }
}
