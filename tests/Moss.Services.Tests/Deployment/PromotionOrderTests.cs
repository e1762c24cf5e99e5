using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment;

/// <summary>Repetition, concurrency, cancellation, libraries.</summary>
public sealed class PromotionOrderTests
{
    [Fact]
    public async Task A_repeated_command_is_answered_from_the_journal()
    {
        await using var world = await World.Fake().ServingAsync();
        var command = world.Command(world.Version("better"));
        await using var moss = world.Moss();
        var first = await moss.PromoteAsync<CandidatePromoted>(command);

        await using var next = world.Moss();
        var second = await next.PromoteAsync<CandidatePromoted>(command);

        second.ShouldBeEquivalentTo(first);
        world.Machine!.Starts.ShouldBe(2);
    }

    [Fact]
    public async Task A_command_of_a_later_round_for_what_serves_already_touches_nothing()
    {
        await using var world = await World.Fake().ServingAsync();
        var command = world.Command(world.Version("better"));
        await using var moss = world.Moss();
        await moss.PromoteAsync<CandidatePromoted>(command);

        var again = await moss.PromoteAsync<CandidatePromoted>(command with { Stage = command.Stage with { Round = 2 } });

        again.DowntimeSeconds.ShouldBe(0);
        world.Machine!.Starts.ShouldBe(2);
    }

    [Fact]
    public async Task A_candidate_that_was_undone_may_be_tried_again_in_a_later_round()
    {
        await using var world = await World.Fake().ServingAsync();
        var command = world.Command(world.Version("sick"));
        await using var moss = world.Moss();

        await moss.PromoteAsync<PromotionRolledBack>(command);
        await moss.PromoteAsync<PromotionRolledBack>(command with { Stage = command.Stage with { Round = 2 } });

        world.Machine!.Running.ShouldBe([world.Base.Value]);
        world.Machine.HadTwoWriters.ShouldBeFalse();
    }

    [Fact]
    public async Task Promotions_of_one_substrate_never_overlap()
    {
        await using var world = await World.Fake(TimeProvider.System).ServingAsync();
        await using var moss = world.Moss();
        await using var other = world.Moss();

        var answers = await Task.WhenAll(
            moss.PromoteAsync(world.Command(world.Version("better"))),
            moss.PromoteAsync(world.Command(world.Version("sick"))),
            other.PromoteAsync(world.Command(world.Version("best"))));

        world.Machine!.HadTwoWriters.ShouldBeFalse();
        world.Machine.Running.Length.ShouldBe(1);
        answers.OfType<CandidatePromoted>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_stopped_evolution_is_given_up_while_nothing_was_touched_and_may_come_again()
    {
        await using var world = await World.Fake(TimeProvider.System).ServingAsync();
        var command = world.Command(world.Version("better"));
        await using var moss = world.Moss();
        using var unwanted = new CancellationTokenSource();
        using (await moss.Locks.AcquireAsync(World.Substrate, default))
        {
            var promoting = moss.PromoteAsync(command, unwanted.Token);
            await unwanted.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(promoting);
        }

        world.Machine!.Running.ShouldBe([world.Base.Value]);
        await moss.PromoteAsync<CandidatePromoted>(command);
    }

    [Fact]
    public async Task When_the_host_stops_the_candidate_runs_on_and_the_next_host_judges_it()
    {
        await using var world = await World.Fake(TimeProvider.System).ServingAsync();
        var deploy = world.Repository.Declaration.Deploy!;
        world.Repository.Declaration = world.Repository.Declaration with
        {
            Deploy = deploy with { Interval = TimeSpan.FromSeconds(1), Window = TimeSpan.FromMinutes(1) },
        };
        var command = world.Command(world.Version("better"));
        await using (var moss = world.Moss())
        {
            var promoting = moss.PromoteAsync(command);
            await Eventually.HoldsAsync(async () => (await world.JournalAsync(command)).Any(happened => happened is Probed));
            moss.Lifetime.StopApplication();
            await Should.ThrowAsync<OperationCanceledException>(promoting);
        }

        world.Machine!.Running.ShouldBe([command.Commit]);
        await using var next = world.Moss();
        await next.PromoteAsync<CandidatePromoted>(command);
        (await world.JournalAsync(command)).OfType<ProbingResumed>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_library_is_promoted_by_its_branch_alone()
    {
        await using var world = World.Library();
        await using var moss = world.Moss();
        var command = world.Command(world.Version("better"));

        var promoted = await moss.PromoteAsync<CandidatePromoted>(command);

        (promoted.DowntimeSeconds, promoted.Probes.Count).ShouldBe((0, 0));
        world.Repository.Branches["moss/evolved"].ShouldBe(command.Commit);
        world.Machine!.Starts.ShouldBe(0);
    }

    [Fact]
    public async Task A_library_whose_branch_cannot_be_moved_is_not_promoted()
    {
        await using var world = World.Library();
        world.Repository.PublishProblem = "moss/evolved is checked out";
        await using var moss = world.Moss();

        var refused = await moss.PromoteAsync<PromotionRefused>(world.Command(world.Version("better")));

        refused.Reason.ShouldContain("checked out");
    }

    [Fact]
    public async Task A_running_candidate_stays_promoted_if_its_branch_cannot_be_moved_and_the_history_says_so()
    {
        await using var world = await World.Fake().ServingAsync();
        world.Repository.PublishProblem = "moss/evolved is checked out";
        await using var moss = world.Moss();
        var command = world.Command(world.Version("better"));

        await moss.PromoteAsync<CandidatePromoted>(command);

        world.Machine!.Running.ShouldBe([command.Commit]);
        (await moss.Reader.ReadAsync(World.Substrate, default)).History[^1].Detail!.ShouldContain("checked out");
    }
}
