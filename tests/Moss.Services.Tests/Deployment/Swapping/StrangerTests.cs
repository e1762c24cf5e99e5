using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Services.Tests.Deployment.Containers;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>Somebody made a container with all the labels of one of Moss's: it is none, and nothing is done to it.</summary>
[Collection(DockerCollection.Name)]
public sealed class StrangerTests(DockerUnderTest docker)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_not_taken_for_the_new_version_when_the_next_Moss_goes_on(bool sameImage)
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        await using (var killed = subject.World.Moss(KillSwitch.After<CandidateMade>()))
        {
            await Should.ThrowAsync<KilledException>(killed.PromoteAsync(command));
        }

        var made = (await subject.AllAsync()).Single(container => container.State == "created");
        var stranger = await MakeLikeAsync(made.Id, sameImage ? made.Image : "moss-test:small");
        await using var moss = subject.World.Moss();

        await moss.Recovery.RecoverAsync(first: true, default);

        await subject.AssertOneAsync("better");
        (await subject.IdAsync()).ShouldBe(made.Id);
        var left = await docker.Engine.Containers.InspectAsync(stranger, default);
        left.State.Running.ShouldBeTrue();
        await docker.Engine.Containers.RemoveAsync(stranger, default);
    }

    [Fact]
    public async Task It_is_not_taken_for_what_serves_when_that_is_gone()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        await using var moss = subject.World.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));
        var serving = await subject.InspectAsync();
        var stranger = await MakeLikeAsync(subject.Name, serving["Image"]!.GetValue<string>());
        await docker.Engine.Containers.RemoveAsync(subject.Name, default);

        await moss.Recovery.RecoverAsync(first: true, default);

        await subject.AssertOneAsync("better");
        (await subject.IdAsync()).ShouldNotBe(stranger);
        await docker.Engine.Containers.RemoveAsync(stranger, default);
    }

    private async Task<string> MakeLikeAsync(string container, string image)
    {
        var like = await docker.Engine.Containers.InspectRawAsync(container, default);
        var body = new JsonObject
        {
            ["Image"] = image, ["Cmd"] = new JsonArray("sleep", "1000"), ["Labels"] = like["Config"]!["Labels"]!.DeepClone(), ["HostConfig"] = new JsonObject { ["NetworkMode"] = "none" },
        };
        var stranger = await docker.Engine.Containers.CreateAsync($"stranger-{Guid.NewGuid():n}", body, default);
        await docker.Engine.Containers.StartAsync(stranger, default);
        return stranger;
    }
}
