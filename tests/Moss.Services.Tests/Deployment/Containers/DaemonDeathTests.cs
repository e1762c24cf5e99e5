using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>The daemon is killed and started again; it starts no container by itself.</summary>
public sealed class DaemonDeathTests(DockerUnderTest docker) : IClassFixture<DockerUnderTest>
{
    [Fact]
    public async Task What_served_when_it_died_serves_again_when_it_is_back()
    {
        if (!docker.Server.IsOurs)
        {
            return;
        }

        await using var world = await World.RealContainers(docker.Server, docker.Network).ServingAsync();
        await using var moss = world.Moss();
        foreach (var service in moss.HostedServices)
        {
            await service.StartAsync(default);
        }

        await docker.Server.KillAsync();
        (await moss.Reader.ReadAsync(World.Substrate, default)).Running.ShouldBeFalse();
        await docker.Server.RestartAsync();

        await Eventually.HoldsAsync(async () => (await world.DeploymentAsync()) is { Cause: ServingCause.Repair, Phase: DeploymentPhase.Serving });
        foreach (var service in moss.HostedServices)
        {
            await service.StopAsync(default);
        }

        (await world.AskAsync()).ShouldBe("healthy");
        await AssertOneAsync(world, "healthy", "healthy");
    }

    [Theory]
    [InlineData(typeof(PreviousStopRequested))]
    [InlineData(typeof(StartRequested))]
    [InlineData(typeof(Started))]
    [InlineData(typeof(Probed))]
    public async Task A_promotion_during_which_it_died_goes_on_when_it_is_back(Type moment)
    {
        if (!docker.Server.IsOurs)
        {
            return;
        }

        await using var world = await World.RealContainers(docker.Server, docker.Network).ServingAsync();
        var deploy = world.Repository.Declaration.Deploy!;
        world.Repository.Declaration = world.Repository.Declaration with { Deploy = deploy with { Passes = 10, Interval = TimeSpan.FromMilliseconds(200) } };
        var command = await world.ImageCommandAsync(world.Version("better"));
        await using var moss = world.Moss();

        var promoting = moss.PromoteAsync<CandidatePromoted>(command);
        await Eventually.HoldsAsync(async () => promoting.IsCompleted || (await world.JournalAsync(command)).Any(happened => happened.GetType() == moment));
        await docker.Server.KillAsync();
        var finishedBefore = promoting.IsCompleted;
        await docker.Server.RestartAsync();
        await promoting;
        finishedBefore.ShouldBeFalse();

        (await world.AskAsync()).ShouldBe("better");
        (await world.DeploymentAsync()).Promotion.ShouldBeNull();
        await AssertOneAsync(world);
    }

    private static async Task AssertOneAsync(World world, params string[] starts)
    {
        (await world.Containers!.ReadAsync(World.Substrate, "two-writers")).ShouldBeNull();
        (await world.Containers!.Engine.ListAsync(["moss.instance"], default)).ShouldHaveSingleItem().Runs.ShouldBeTrue();
        if (starts.Length > 0)
        {
            (await world.Containers.ReadAsync(World.Substrate, "starts"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(starts);
        }
    }
}
