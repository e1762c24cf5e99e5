using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Services.Tests.Deployment.Containers;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>Somebody made room at the engine: what was replaced is gone, with its image.</summary>
[Collection(DockerCollection.Name)]
public sealed class PrunedTests(DockerUnderTest docker)
{
    [Fact]
    public async Task What_cannot_be_made_again_does_not_cost_what_serves()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var old = await subject.InspectAsync();
        await using var moss = subject.World.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));
        await docker.Engine.Containers.RemoveStoppedAsync(old["Id"]!.GetValue<string>(), default);
        await docker.Engine.Images.RemoveAsync(old["Image"]!.GetValue<string>(), default);
        var started = (await subject.InspectAsync())["State"]!["StartedAt"]!.GetValue<string>();

        var refused = (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default)).ShouldBeOfType<StartOutcome.Refused>();

        refused.Detail.ShouldContain("cannot be made again: ");
        refused.Detail.ShouldContain("No such image");
        await subject.AssertOneAsync("better");
        await subject.AssertArmedAsync();
        (await subject.InspectAsync())["State"]!["StartedAt"]!.GetValue<string>().ShouldBe(started);
        (await subject.World.DeploymentAsync()).Rollback.ShouldBeNull();
    }
}
