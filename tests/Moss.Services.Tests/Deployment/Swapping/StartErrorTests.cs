using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>The engine makes the new container and cannot start it: what served before serves again, as it was.</summary>
[Collection(DockerCollection.Name)]
public sealed class StartErrorTests(DockerUnderTest docker)
{
    [Theory]
    [InlineData("ENTRYPOINT [\"/is/not/there\"]", "no such file or directory")]
    [InlineData("ENTRYPOINT [\"/desk/server.py\"]", "permission denied")]
    [InlineData("USER somebody", "unable to find user somebody")]
    public async Task An_image_that_cannot_be_started_gives_the_place_back(string instructions, string reason)
    {
        await using var subject = await SwapSubject.ServingAsync(docker, body => (body["HostConfig"]!["Init"], body["StopTimeout"]) = (false, 1));

        (await UndoneAsync(subject, instructions)).Reason.ShouldContain(reason);

        (await subject.AllAsync()).ShouldHaveSingleItem("one that never ran leaves nothing");
    }

    [Fact]
    public async Task What_an_init_cannot_run_is_told_in_its_log()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);

        (await UndoneAsync(subject, "ENTRYPOINT [\"/is/not/there\"]")).LogTail.ShouldContain("/is/not/there failed: No such file or directory");
    }

    [Fact]
    public async Task A_port_that_somebody_takes_between_the_stop_and_the_start_gives_the_place_back()
    {
        var port = FreePorts.Take();
        await using var subject = await SwapSubject.ServingAsync(docker, body => Publish(body, port));
        var taken = false;
        subject.World.Around.Engine = async (change, effect) =>
        {
            using var thief = new TcpListener(IPAddress.Loopback, port);
            if (change.Call == "start" && !taken)
            {
                taken = true;
                thief.Start();
            }

            await effect();
        };

        (await UndoneAsync(subject, "")).Reason.ShouldContain("address already in use");

        using var client = new HttpClient { Timeout = World.Patience };
        (await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"))).ShouldBe("healthy");
    }

    private static void Publish(JsonObject body, int port)
    {
        body["ExposedPorts"] = new JsonObject { ["8080/tcp"] = new JsonObject() };
        body["HostConfig"]!["PortBindings"] = new JsonObject { ["8080/tcp"] = new JsonArray(new JsonObject { ["HostIp"] = "127.0.0.1", ["HostPort"] = $"{port}" }) };
    }

    private static async Task<PromotionRolledBack> UndoneAsync(SwapSubject subject, string instructions)
    {
        var before = await subject.IdAsync();
        await using var moss = subject.World.Moss();

        var undone = await moss.PromoteAsync<PromotionRolledBack>(await subject.World.ImageCommandAsync(subject.World.Version("better", instructions)));

        (await subject.IdAsync()).ShouldBe(before);
        await subject.AssertOneAsync("healthy");
        await subject.AssertArmedAsync();
        (await subject.StartsAsync()).ShouldBe(["healthy", "healthy"]);
        return undone;
    }
}
