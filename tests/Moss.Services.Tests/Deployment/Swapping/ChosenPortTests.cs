using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Services.Tests.Deployment.Containers;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>A port of the machine that the engine chose is where clients look: it stays the same whoever serves.</summary>
[Collection(DockerCollection.Name)]
public sealed class ChosenPortTests(DockerUnderTest docker)
{
    [Fact]
    public async Task After_a_swap_and_after_a_rollback_by_a_person_it_is_the_port_that_it_was()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, Publish);
        var port = await PortAsync(subject);
        (await AskAsync(port)).ShouldBe("healthy");
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));
        (await PortAsync(subject)).ShouldBe(port);
        (await AskAsync(port)).ShouldBe("better");

        (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default)).ShouldBe(new StartOutcome.Done());
        (await PortAsync(subject)).ShouldBe(port);
        (await AskAsync(port)).ShouldBe("healthy");
        await subject.AssertOneAsync("healthy");
        await subject.AssertArmedAsync();
        (await subject.StartsAsync()).ShouldBe(["healthy", "better", "healthy"]);
    }

    [Fact]
    public async Task After_a_candidate_that_was_undone_it_is_the_port_that_it_was()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, Publish);
        var port = await PortAsync(subject);
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<PromotionRolledBack>(await subject.World.ImageCommandAsync(subject.World.Version("boot")));

        (await PortAsync(subject)).ShouldBe(port);
        (await AskAsync(port)).ShouldBe("healthy");
        await subject.AssertOneAsync("healthy");
        await subject.AssertArmedAsync();
    }

    private static void Publish(JsonObject body)
    {
        body["ExposedPorts"] = new JsonObject { ["8080/tcp"] = new JsonObject() };
        body["HostConfig"]!["PortBindings"] = new JsonObject { ["8080/tcp"] = new JsonArray(new JsonObject { ["HostIp"] = "127.0.0.1", ["HostPort"] = "" }) };
    }

    private static async Task<int> PortAsync(SwapSubject subject) => int.Parse(
        (await subject.InspectAsync())["NetworkSettings"]!["Ports"]!["8080/tcp"]!.AsArray().ShouldHaveSingleItem()!["HostPort"]!.GetValue<string>(),
        System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> AskAsync(int port)
    {
        using var client = new HttpClient { Timeout = World.Patience };
        return await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"));
    }
}
