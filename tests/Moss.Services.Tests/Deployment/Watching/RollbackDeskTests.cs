using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Domain.Watching;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>A person takes a promoted version back.</summary>
public sealed class RollbackDeskTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task During_the_watch_and_before_it_began_the_version_before_serves_again(bool begun)
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        if (begun)
        {
            await watched.BegunAsync(moss);
        }

        (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "customers complain", default)).ShouldBe(new StartOutcome.Done());

        await watched.ShouldBeRolledBackAsync();
        var rolledBack = await watched.OnlyAsync<ProductionRolledBack>();
        (rolledBack.By, rolledBack.Reason).ShouldBe(("ada", "customers complain"));
        await watched.LookAsync(moss);
        (await watched.EventsAsync()).OfType<WatchStarted>().Count().ShouldBe(begun ? 1 : 0);
    }

    [Fact]
    public async Task A_rollback_is_not_rolled_back()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "no", default);

        (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "no", default)).ShouldBeOfType<StartOutcome.Refused>().Detail.ShouldContain("was not promoted");

        await watched.ShouldBeRolledBackAsync();
    }

    [Fact]
    public async Task After_a_watch_that_ended_well_there_is_nothing_to_go_back_to()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.ToEndAsync(moss);

        (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "no", default)).ShouldBeOfType<StartOutcome.Refused>().Detail.ShouldContain("last known good");

        watched.Machine.Running.ShouldBe([watched.Command.Commit]);
    }

    [Fact]
    public async Task After_a_watch_that_said_too_little_the_way_back_is_still_there()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        watched.Metrics.Away = "nobody answers";
        await watched.ToEndAsync(moss);

        (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "no", default)).ShouldBe(new StartOutcome.Done());

        await watched.ShouldBeRolledBackAsync();
    }

    [Fact]
    public async Task What_does_not_serve_is_refused()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await moss.Keeper.StopAsync(World.Substrate, default);

        (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "no", default)).ShouldBeOfType<StartOutcome.Refused>().Field.ShouldBe("substrate");
    }

    [Fact]
    public async Task Asked_for_twice_at_once_it_is_done_once()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();

        var outcomes = await Task.WhenAll(
            moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "no", default), moss.Rollbacks.RollBackAsync(World.Substrate, "bob", "no", default));

        outcomes.Count(outcome => outcome is StartOutcome.Done).ShouldBe(1);
        await watched.ShouldBeRolledBackAsync();
    }

    [Fact]
    public async Task Real_processes_go_back_on_the_same_state()
    {
        await using var world = await World.Real().ServingAsync();
        await using var moss = world.Moss();
        await moss.PromoteAsync<CandidatePromoted>(world.Command(world.Version("better")));

        (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "no", default)).ShouldBe(new StartOutcome.Done());

        (await world.AskAsync()).ShouldBe("healthy");
        world.Starts().ShouldBe(["healthy", "better", "healthy"]);
        File.Exists(Path.Combine(world.State, "two-writers")).ShouldBeFalse();
    }
}
