using Moss.Contracts.Deployment;
using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Starting;
using Moss.Domain.Promotion;
using Xunit.Abstractions;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>Promotions of a real server in real containers.</summary>
[Collection(DockerCollection.Name)]
public sealed class ContainerPromotionTests(DockerUnderTest docker, ITestOutputHelper output)
{
    [Fact]
    public async Task A_good_candidate_serves_on_the_same_state_and_port()
    {
        await using var world = await ServingAsync();
        await using var moss = world.Moss();
        var command = await world.ImageCommandAsync(world.Version("better"));

        var promoted = await moss.PromoteAsync<CandidatePromoted>(command);

        promoted.DowntimeSeconds.ShouldBeGreaterThan(0);
        output.WriteLine($"{promoted.DowntimeSeconds:0.00} s without service");
        (await world.AskAsync()).ShouldBe("better");
        await AssertStartsAsync(world, "healthy", "better");
        world.Repository.Branches["moss/evolved"].ShouldBe(command.Commit);
        var deployment = await world.DeploymentAsync();
        deployment.Current!.Version.Image.ShouldBe(command.Image);
        var container = await OnlyOneAsync(world);
        container.Id.ShouldBe(deployment.Process!.Container);
        (await docker.Engine.Containers.InspectAsync(container.Id, default)).Image.ShouldBe(command.Image);
        (await moss.Reader.ReadAsync(World.Substrate, default)).Container.ShouldBe(container.Id);
    }

    [Theory]
    [InlineData("sick", "500")]
    [InlineData("dying", "process ended")]
    [InlineData("boot", "process ended")]
    public async Task A_candidate_that_does_not_stay_healthy_is_undone_and_the_state_is_intact(string behaviour, string reason)
    {
        await using var world = await ServingAsync();
        world.Repository.Declaration = world.Repository.Declaration with
        {
            Deploy = world.Repository.Declaration.Deploy! with { Window = TimeSpan.FromSeconds(behaviour == "sick" ? 4 : 30) },
        };
        await using var moss = world.Moss();

        var undone = await moss.PromoteAsync<PromotionRolledBack>(await world.ImageCommandAsync(world.Version(behaviour)));

        undone.LastKnownGood.ShouldBe(world.Base.Value);
        undone.Reason.ShouldContain(reason);
        undone.LogTail.ShouldContain($"starting {behaviour}");
        (await world.AskAsync()).ShouldBe("healthy");
        await AssertStartsAsync(world, "healthy", behaviour, "healthy");
        await OnlyOneAsync(world);
    }

    [Fact]
    public async Task The_version_before_is_kept_stopped_until_the_candidate_is_accepted()
    {
        await using var world = await ServingAsync();
        var command = await world.ImageCommandAsync(world.Version("better"));
        await KillAsync<Started>(world, command);

        var names = (await world.Containers!.Engine.ListAsync(["moss.instance"], default)).ToLookup(container => container.Runs);

        names[false].ShouldHaveSingleItem().Label("moss.version").ShouldBe(world.Base.Value);
        names[true].ShouldHaveSingleItem().Label("moss.version").ShouldBe(command.Commit);
    }

    [Theory]
    [InlineData("better")]
    [InlineData("sick")]
    public async Task Killed_around_stop_and_start_the_next_start_of_Moss_ends_it(string behaviour)
    {
        // Where two writers or none could come to be: around TERM, the making and the start.
        for (var point = 10; point <= 22; point += behaviour == "better" ? 3 : 6)
        {
            await using var world = await ServingAsync();
            world.Repository.Declaration = world.Repository.Declaration with
            {
                Deploy = world.Repository.Declaration.Deploy! with { Window = TimeSpan.FromSeconds(behaviour == "sick" ? 4 : 30) },
            };
            var command = await world.ImageCommandAsync(world.Version(behaviour));
            await KillAsync(world, command, point);

            await using var next = world.Moss();
            await next.Recovery.RecoverAsync(first: true, default);

            (await world.AskAsync()).ShouldBe(behaviour == "better" ? "better" : "healthy", $"killed at {point}");
            await OnlyOneAsync(world);
        }
    }

    [Fact]
    public async Task Starting_stopping_and_starting_again_keeps_the_state_and_leaves_nothing()
    {
        await using var world = await ServingAsync();
        await using var moss = world.Moss();

        await moss.Keeper.StopAsync(World.Substrate, default);
        (await world.Containers!.Engine.ListAsync(["moss.instance"], default)).ShouldBeEmpty();
        await moss.Keeper.StartAsync(World.Substrate, null, default);

        await AssertStartsAsync(world, "healthy", "healthy");
        await OnlyOneAsync(world);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_removed_leaves_no_container_and_no_volume_unless_it_is_to_be_kept(bool keepState)
    {
        await using var world = await ServingAsync();
        await using var moss = world.Moss();

        (await moss.Keeper.RemoveAsync(World.Substrate, keepState, default)).ShouldBe(new StartOutcome.Done());
        (await moss.Keeper.RemoveAsync(World.Substrate, keepState, default)).ShouldBe(new StartOutcome.Done());

        (await world.Containers!.Engine.ListAsync(["moss.instance"], default)).ShouldBeEmpty();
        (await docker.Engine.Volumes.ListAsync(["moss.substrate=desk"], default)).Length.ShouldBe(keepState ? 1 : 0);
    }

    private async Task<World> ServingAsync() => await World.RealContainers(docker.Server, docker.Network).ServingAsync();

    private static async Task AssertStartsAsync(World world, params string[] starts)
    {
        (await world.Containers!.ReadAsync(World.Substrate, "starts"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(starts);
        (await world.Containers!.ReadAsync(World.Substrate, "two-writers")).ShouldBeNull();
    }

    private static async Task<SeenContainer> OnlyOneAsync(World world)
    {
        (await world.Containers!.ReadAsync(World.Substrate, "two-writers")).ShouldBeNull();
        var one = (await world.Containers!.Engine.ListAsync(["moss.instance"], default)).ShouldHaveSingleItem();
        one.Runs.ShouldBeTrue();
        return one;
    }

    private static async Task KillAsync(World world, PromoteCandidate command, int point)
    {
        await using var moss = world.Moss(new KillSwitch(point));
        try
        {
            await moss.PromoteAsync(command);
        }
        catch (KilledException)
        {
            // As was meant.
        }
    }

    private static async Task KillAsync<T>(World world, PromoteCandidate command)
        where T : PromotionEvent
    {
        await using var moss = world.Moss(KillSwitch.After<T>());
        await Should.ThrowAsync<KilledException>(moss.PromoteAsync(command));
    }
}
