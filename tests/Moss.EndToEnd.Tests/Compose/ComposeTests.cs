using System.Text.Json;
using Moss.Testing;
using Moss.Testing.Docker;
using Xunit.Abstractions;

namespace Moss.EndToEnd.Tests.Compose;

/// <summary>Everything in containers, as docker-compose.yml says.</summary>
[Trait("Duration", "long")]
public sealed class ComposeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TemporaryFolder data = new();
    private DockerServer docker = null!;
    private MossCommand moss = null!;

    public async Task InitializeAsync()
    {
        docker = await DockerServer.StartAsync(networks: true);
        moss = new MossCommand(docker.Socket, data.Path, output);
    }

    public async Task DisposeAsync()
    {
        await docker.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task Four_runners_do_the_main_job_in_containers_and_nothing_of_it_stays()
    {
        var up = await moss.RunAsync("up", "--compose", "--scale", "trials=4");
        Services(up).Count(service => service == "trials").ShouldBe(4);

        var demo = await moss.RunAsync("demo", "--target", moss.Url, "--engine", "docker", "--yes");
        demo.GetProperty("promoted").GetBoolean().ShouldBeTrue();
        demo.GetProperty("rolledBack").GetBoolean().ShouldBeFalse();
        demo.GetProperty("auditOk").GetBoolean().ShouldBeTrue();
        demo.GetProperty("stateKept").GetBoolean().ShouldBeTrue();
        demo.GetProperty("engine").GetString().ShouldBe("docker");
        demo.GetProperty("candidateMean").GetDouble().ShouldBe(1);
        demo.GetProperty("trialsPerRunner").EnumerateObject().Count(runner => runner.Value.GetInt32() > 0).ShouldBe(4);

        var fewer = await moss.RunAsync("up", "--compose", "--scale", "trials=2");
        Services(fewer).Count(service => service == "trials").ShouldBe(2);

        await moss.RunAsync("down", "--compose");
        (await docker.Engine.Containers.ListAsync([], CancellationToken.None)).ShouldBeEmpty();
        (await docker.Engine.Volumes.ListAsync([], CancellationToken.None)).ShouldBeEmpty();
        (await docker.Engine.Networks.ListAsync([], CancellationToken.None)).Select(network => network.Name)
            .ShouldBeSubsetOf(["bridge", "host", "none"]);
    }

    private static IEnumerable<string?> Services(JsonElement up) =>
        up.GetProperty("containers").EnumerateArray().Select(container => container.GetString());
}
