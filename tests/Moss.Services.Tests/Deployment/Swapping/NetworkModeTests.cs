using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>Whatever network a container lives in, whoever takes its place is found where it was.</summary>
[Collection(DockerCollection.Name)]
public sealed class NetworkModeTests(DockerUnderTest docker)
{
    private const string Ask = "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['MOSS_PORT'] + '/health')";

    [Theory]
    [InlineData("none")]
    [InlineData("host")]
    public async Task In_one_that_takes_no_aliases_it_is_swapped_and_taken_back(string mode)
    {
        var port = FreePorts.Take();
        await using var subject = await SwapSubject.RunningAsync(docker, body =>
        {
            body["HostConfig"]!["NetworkMode"] = mode;
            body["Env"] = new JsonArray("MOSS_HOST=127.0.0.1", $"MOSS_PORT={port}", "MOSS_STATE=/state", "PYTHONDONTWRITEBYTECODE=1");
        });
        subject.Declare(deploy => deploy with { Port = port, Probes = [mode == "host" ? new Probe.Http("/health") : new Probe.Exec(["python3", "-c", Ask])] });
        await subject.AdoptAsync();
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));
        await subject.AssertOneAsync("better");

        (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default)).ShouldBe(new StartOutcome.Done());
        await subject.AssertOneAsync("healthy");
        (await subject.InspectAsync())["HostConfig"]!["NetworkMode"]!.GetValue<string>().ShouldBe(mode);
    }

    [Fact]
    public async Task In_one_of_a_person_a_peer_finds_it_by_its_name_and_its_alias()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, body => body["NetworkingConfig"] = new JsonObject
        {
            ["EndpointsConfig"] = new JsonObject { [docker.Network] = new JsonObject { ["Aliases"] = new JsonArray("front") } },
        });
        var peer = await docker.Engine.Containers.CreateAsync(
            $"{subject.Name}-peer",
            new JsonObject { ["Image"] = "moss-test:small", ["Cmd"] = new JsonArray("sleep", "1000"), ["HostConfig"] = new JsonObject { ["NetworkMode"] = docker.Network } },
            default);
        await docker.Engine.Containers.StartAsync(peer, default);
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));

        var address = (await subject.InspectAsync())["NetworkSettings"]!["Networks"]![docker.Network]!["IPAddress"]!.GetValue<string>();
        var command = await docker.Engine.Commands.CreateAsync(
            peer, ["python3", "-c", $"import socket; print(socket.gethostbyname('{subject.Name}'), socket.gethostbyname('front'))"], default);
        var found = await docker.Engine.Commands.RunAsync(command, 1000, default);
        found.Output.Trim().ShouldBe($"{address} {address}", found.Error);
        await docker.Engine.Containers.RemoveAsync(peer, default);
    }
}
