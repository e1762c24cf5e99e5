using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Domain.Promotion;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>What is refused where containers are deployed, and what waits for the engine.</summary>
public sealed class ContainerRefusalTests
{
    [Fact]
    public async Task A_candidate_that_was_tried_as_files_is_refused()
    {
        await using var world = await World.FakeContainers().ServingAsync();

        await RefusesAsync(world, world.Command(world.Version("better")), "Moss:Sandboxes:Engine=docker");
    }

    [Fact]
    public async Task Another_image_than_the_one_that_passed_the_trials_is_refused()
    {
        await using var world = await World.FakeContainers().ServingAsync();
        var command = await world.ImageCommandAsync(world.Version("better"));
        world.Containers!.Behaviours[command.Commit] = "rebuilt";

        await RefusesAsync(world, command, "the image of");
    }

    [Fact]
    public async Task Consent_for_another_image_is_refused()
    {
        await using var world = await World.FakeContainers().ServingAsync();
        var command = await world.ImageCommandAsync(world.Version("better"));

        await RefusesAsync(world, command with { Consent = command.Consent with { Image = "other" } }, "consent is for image");
    }

    [Fact]
    public async Task A_substrate_that_declares_no_container_is_refused_with_the_fix()
    {
        await using var world = World.FakeContainers();
        world.Repository.Declaration = world.Repository.Declaration with { Deploy = world.Repository.Declaration.Deploy! with { Container = null } };
        await using var moss = world.Moss();

        var refused = (await moss.Keeper.StartAsync(World.Substrate, null, default)).ShouldBeOfType<StartOutcome.Refused>();

        refused.Field.ShouldBe("deploy.container");
        refused.Fix.ShouldContain("Moss:Deployment:Engine=process");
        world.Containers!.Table.Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task Starting_without_an_engine_says_so()
    {
        await using var world = World.FakeContainers();
        world.Containers!.Table.Answers = false;
        await using var moss = world.Moss();

        (await moss.Keeper.StartAsync(World.Substrate, null, default)).ShouldBeOfType<StartOutcome.Refused>().Field.ShouldBe("engine");
    }

    [Fact]
    public async Task Nothing_is_begun_without_an_engine_and_the_same_command_may_come_again()
    {
        await using var world = await World.FakeContainers().ServingAsync();
        var command = await world.ImageCommandAsync(world.Version("better"));
        await using var moss = world.Moss();
        world.Containers!.Table.Answers = false;
        await Should.ThrowAsync<IOException>(moss.PromoteAsync(command));

        world.Containers.Table.Answers = true;
        await moss.PromoteAsync<CandidatePromoted>(command);

        world.Containers.Table.Running.ShouldBe(["better"]);
    }

    [Fact]
    public async Task What_ended_by_itself_is_started_again_at_the_next_look_and_the_dead_container_is_removed()
    {
        await using var world = await World.FakeContainers().ServingAsync();
        await using var moss = world.Moss();
        world.Containers!.Table.Restart();

        await moss.Recovery.RecoverAsync(first: false, default);

        world.Containers.Table.Running.ShouldBe(["healthy"]);
        world.Containers.Table.Names.Count.ShouldBe(1);
        (await world.DeploymentAsync()).Cause.ShouldBe(ServingCause.Repair);
    }

    [Fact]
    public async Task What_a_person_stopped_stays_stopped()
    {
        await using var world = await World.FakeContainers().ServingAsync();
        await using var moss = world.Moss();
        await moss.Keeper.StopAsync(World.Substrate, default);

        await moss.Recovery.RecoverAsync(first: true, default);

        world.Containers!.Table.Names.ShouldBeEmpty();
    }

    private static async Task RefusesAsync(World world, PromoteCandidate command, string reason)
    {
        var before = world.Containers!.Table.Names;
        await using var moss = world.Moss();

        (await moss.PromoteAsync<PromotionRefused>(command)).Reason.ShouldContain(reason);

        world.Containers.Table.Names.ShouldBe(before);
        world.Containers.Table.Running.ShouldBe(["healthy"]);
    }
}
