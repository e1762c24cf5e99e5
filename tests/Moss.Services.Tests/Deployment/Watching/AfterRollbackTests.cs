using Moss.Contracts.Deployment;
using Moss.Domain.Watching;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>What a rollback by a watch leaves behind.</summary>
public sealed class AfterRollbackTests
{
    [Fact]
    public async Task A_version_before_that_is_sick_by_now_is_left_running_and_a_person_is_told()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);
        await File.WriteAllTextAsync(Path.Combine(watched.World.Repository.Path, watched.World.Repository.TreeOf(watched.World.Base), "sick"), "");
        File.Delete(Path.Combine(watched.World.State, FakeMachine.Heartbeat));

        await watched.LookAsync(moss, failed: 9, outcomes: 9);
        await watched.LookAsync(moss, failed: 9, outcomes: 9);

        watched.Machine.Running.ShouldBe([watched.World.Base.Value]);
        (await watched.OnlyAsync<ProductionRolledBack>()).Trouble!.ShouldContain("did not come up healthy either");
    }

    [Fact]
    public async Task A_branch_that_cannot_be_moved_does_not_keep_production_from_going_back()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);
        watched.World.Repository.PublishProblem = "it holds other commits";

        await watched.LookAsync(moss, failed: 9, outcomes: 9);

        watched.Machine.Running.ShouldBe([watched.World.Base.Value]);
        (await watched.OnlyAsync<ProductionRolledBack>()).Trouble.ShouldBe("it holds other commits");
    }

    [Fact]
    public async Task The_command_repeated_after_a_rollback_is_answered_with_it_and_promotes_nothing()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);
        await watched.LookAsync(moss, failed: 9, outcomes: 9);

        var answer = await moss.PromoteAsync<PromotionRolledBack>(watched.Command);

        answer.Reason.ShouldContain("in a row failed");
        await watched.ShouldBeRolledBackAsync();
    }

    [Fact]
    public async Task After_a_rollback_a_change_that_is_based_on_the_branch_can_be_promoted()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);
        await watched.LookAsync(moss, failed: 9, outcomes: 9);

        var next = watched.World.Command(watched.World.Version("best"), basedOn: new(watched.World.Repository.Branches["moss/evolved"]));
        await moss.PromoteAsync<CandidatePromoted>(next);

        watched.Machine.Running.ShouldBe([next.Commit]);
    }
}
