using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;

namespace Moss.Services.Tests.Deployment;

/// <summary>What is refused, and that nothing was touched by then.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Consent_for_another_commit_is_refused()
    {
        await using var world = await World.Fake().ServingAsync();
        var command = world.Command(world.Version("better"));

        await RefusesAsync(world, command with { Consent = command.Consent with { Commit = world.Base.Value } }, "ConsentMismatch", "commit");
    }

    [Fact]
    public async Task Consent_for_another_tree_is_refused_even_if_the_command_agrees_with_it()
    {
        await using var world = await World.Fake().ServingAsync();
        var command = world.Command(world.Version("better"));
        var tree = new string('0', 40);

        await RefusesAsync(world, command with { Tree = tree, Consent = command.Consent with { Tree = tree } }, "ConsentMismatch", "tree");
        await RefusesAsync(world, command with { Tree = tree, Stage = command.Stage with { Round = 2 } }, "ConsentMismatch", "tree");
    }

    [Fact]
    public async Task Consent_for_another_evolution_is_refused()
    {
        await using var world = await World.Fake().ServingAsync();
        var command = world.Command(world.Version("better"));

        await RefusesAsync(world, command with { Consent = command.Consent with { EvolutionId = Guid.NewGuid() } }, "ConsentMismatch", "evolution");
    }

    [Fact]
    public async Task Consent_by_the_substrate_itself_is_refused()
    {
        await using var world = await World.Fake().ServingAsync();
        var command = world.Command(world.Version("better"));

        await RefusesAsync(world, command with { Consent = command.Consent with { Approver = World.Substrate } }, "ConsentMismatch", "never approves");
    }

    [Fact]
    public async Task Expired_consent_is_refused()
    {
        await using var world = await World.Fake().ServingAsync();
        var command = world.Command(world.Version("better"));
        var past = world.Clock.GetUtcNow().AddSeconds(-1);

        await RefusesAsync(world, command with { Consent = command.Consent with { ExpiresAt = past } }, "ConsentExpired", "expired");
    }

    [Fact]
    public async Task A_commit_that_is_not_there_is_refused()
    {
        await using var world = await World.Fake().ServingAsync();
        var command = world.Command(world.Version("better"));

        await RefusesAsync(world, command with { Commit = new string('9', 40) }, "NotReady", "there is no commit");
    }

    [Fact]
    public async Task A_substrate_that_is_not_registered_is_refused_and_leaves_nothing_on_disk()
    {
        await using var world = World.Fake();
        await using var moss = world.Moss();
        var command = world.Command(world.Version("better"));

        var refused = await moss.PromoteAsync<PromotionRefused>(command with { Subject = command.Subject with { Substrate = "../elsewhere" } });

        refused.Reason.ShouldContain("registered");
        Directory.Exists(world.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_known_good_version_there_is_no_target()
    {
        await using var world = World.Fake();

        await RefusesAsync(world, world.Command(world.Version("better")), "NoTarget", "start");
    }

    [Fact]
    public async Task A_substrate_that_a_person_stopped_is_not_started_by_a_promotion()
    {
        await using var world = await World.Fake().ServingAsync();
        await using (var moss = world.Moss())
        {
            await moss.Keeper.StopAsync(World.Substrate, default);
        }

        await RefusesAsync(world, world.Command(world.Version("better")), "NotReady", "Stopped");
    }

    [Fact]
    public async Task A_candidate_that_would_undo_an_earlier_promotion_is_refused()
    {
        await using var world = await World.Fake().ServingAsync();
        await using (var moss = world.Moss())
        {
            await moss.PromoteAsync<CandidatePromoted>(world.Command(world.Version("better")));
        }

        var refused = await RefusesAsync(world, world.Command(world.Version("other")), "Overtaken", "would undo");

        refused.Serves.ShouldBe(world.Version("better").Value);
    }

    [Fact]
    public async Task A_window_in_which_nothing_could_pass_is_refused()
    {
        await using var world = await World.Fake().ServingAsync();
        var deploy = world.Repository.Declaration.Deploy!;
        world.Repository.Declaration = world.Repository.Declaration with { Deploy = deploy with { Interval = TimeSpan.FromMinutes(1) } };

        await RefusesAsync(world, world.Command(world.Version("better")), "NotReady", "deploy.window");
    }

    private static async Task<PromotionRefused> RefusesAsync(World world, PromoteCandidate command, string ground, string reason)
    {
        var before = (world.Machine!.Starts, await world.DeploymentAsync());
        await using var moss = world.Moss();

        var refused = await moss.PromoteAsync<PromotionRefused>(command);

        refused.Ground.ShouldBe(ground);
        refused.Reason.ShouldContain(reason);
        (world.Machine!.Starts, await world.DeploymentAsync()).ShouldBe(before);
        world.Repository.Published.ShouldBe(world.Repository.Branches.ContainsKey("moss/evolved") ? 1 : 0);
        (await world.JournalAsync(command)).ShouldAllBe(happened => happened is PromotionDeclined);
        return refused;
    }
}
