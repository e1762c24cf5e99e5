using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Domain.Watching;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>What becomes of a promoted version while it is watched.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task A_version_that_does_well_passes_and_is_the_last_known_good_one_only_then()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();

        await watched.BegunAsync(moss);
        (await watched.StateAsync()).LastKnownGood!.Commit.ShouldBe(watched.World.Base.Value);
        await watched.ToEndAsync(moss);

        var state = await watched.StateAsync();
        (state.Watch!.Outcome, state.LastKnownGood!.Commit).ShouldBe((WatchOutcome.Passed, watched.Command.Commit));
        state.Watch.Reason!.ShouldContain("outcomes failed");
        watched.Machine.Running.ShouldBe([watched.Command.Commit]);
    }

    [Fact]
    public async Task A_version_that_fails_too_often_is_rolled_back_with_the_counts_as_reason()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);

        await watched.LookAsync(moss, failed: 6, outcomes: 12);

        await watched.ShouldBeRolledBackAsync();
        var rolledBack = await watched.OnlyAsync<ProductionRolledBack>();
        rolledBack.Reason.ShouldBe("tasks: 6 of 12 outcomes failed, where 5% may; the test rejected that with a false-alarm rate of 1%");
        (rolledBack.By, rolledBack.LastKnownGood, rolledBack.Trouble).ShouldBe(("watch", watched.World.Base.Value, null));
    }

    [Fact]
    public async Task Four_failures_in_a_row_are_enough()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);
        await watched.LookAsync(moss, failed: 0, outcomes: 100);

        await watched.LookAsync(moss, failed: 2, outcomes: 2);
        await watched.LookAsync(moss, failed: 1, outcomes: 1);
        watched.Machine.Running.ShouldBe([watched.Command.Commit]);
        await watched.LookAsync(moss, failed: 1, outcomes: 1);

        await watched.ShouldBeRolledBackAsync();
    }

    [Fact]
    public async Task A_process_that_ends_is_rolled_back_at_the_next_look_and_not_started_again()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);
        var starts = watched.Machine.Starts;

        watched.Machine.KillAll();
        await moss.Watches.LookAsync(World.Substrate, default);

        await watched.ShouldBeRolledBackAsync();
        watched.Machine.Starts.ShouldBe(starts + 1);
        (await watched.OnlyAsync<ProductionRolledBack>()).Reason.ShouldBe("its process ended");
    }

    [Fact]
    public async Task A_version_that_ended_with_the_machine_is_started_again_once_and_watched_on()
    {
        await using var watched = await Watched.BeginAsync();
        await using (var moss = watched.World.Moss())
        {
            await watched.BegunAsync(moss);
        }

        watched.Machine.KillAll();
        await using (var next = watched.World.Moss())
        {
            await next.Recovery.RecoverAsync(first: true, default);
            await next.Watches.LookAsync(World.Substrate, default);
            watched.Machine.Running.ShouldBe([watched.Command.Commit]);
            (await watched.StateAsync()).Watch!.Open.ShouldBeTrue();
        }

        watched.Machine.KillAll();
        await using var last = watched.World.Moss();
        await last.Recovery.RecoverAsync(first: true, default);
        await last.Watches.LookAsync(World.Substrate, default);

        await watched.ShouldBeRolledBackAsync();
    }

    [Fact]
    public async Task While_the_engine_is_away_nothing_is_ruled_and_what_ended_with_it_is_started_again()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);

        watched.Machine.Away = 1;
        watched.Machine.KillAll();
        await watched.LookAsync(moss);
        (await watched.StateAsync()).Watch!.Open.ShouldBeTrue();
        await watched.LookAsync(moss);

        watched.Machine.Running.ShouldBe([watched.Command.Commit]);
        (await watched.StateAsync()).Watch!.Repairs.ShouldBe(1);
    }

    [Fact]
    public async Task The_next_process_goes_on_from_the_stored_sums_and_time_in_which_none_looked_is_not_watched()
    {
        await using var watched = await Watched.BeginAsync();
        await using (var moss = watched.World.Moss())
        {
            await watched.BegunAsync(moss);
            await watched.LookAsync(moss, failed: 2, outcomes: 4);
        }

        var before = (await watched.StateAsync()).Watch!;
        watched.Clock.Pass(TimeSpan.FromHours(5));
        await using var next = watched.World.Moss();
        await watched.LookAsync(next);
        var after = (await watched.StateAsync()).Watch!;

        (after.Watched, after.Metrics[0].Total, after.Metrics[0].Test).ShouldBe((before.Watched, 4, before.Metrics[0].Test));
        await watched.LookAsync(next, failed: 2, outcomes: 2);
        await watched.ShouldBeRolledBackAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(10_000)]
    public async Task A_clock_that_is_set_neither_ends_the_watch_nor_prolongs_it(int hours)
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);

        watched.Clock.Set(TimeSpan.FromHours(hours));
        await watched.LookAsync(moss, outcomes: 50);
        (await watched.StateAsync()).Watch!.Open.ShouldBeTrue();
        for (var look = 0; look < 20; look++)
        {
            await watched.LookAsync(moss, outcomes: 5);
        }

        (await watched.StateAsync()).Watch!.Outcome.ShouldBe(WatchOutcome.Passed);
    }

    [Fact]
    public async Task A_source_that_says_nothing_for_both_windows_leaves_the_version_and_the_way_back()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        watched.Metrics.Away = "nobody answers";

        await watched.ToEndAsync(moss);

        var state = await watched.StateAsync();
        (state.Watch!.Outcome, state.LastKnownGood!.Commit).ShouldBe((WatchOutcome.Inconclusive, watched.World.Base.Value));
        state.Watch.Reason!.ShouldContain("nobody answers");
        state.Watch.Watched.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(20));
        (await watched.OnlyAsync<WatchExtended>()).Reason.ShouldContain("nobody answers");
        watched.Machine.Running.ShouldBe([watched.Command.Commit]);
    }

    [Fact]
    public async Task Counters_that_begin_anew_are_counted_on_from_there()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);

        watched.Metrics.BeginAnew();
        await watched.LookAsync(moss, failed: 3, outcomes: 3);
        watched.Machine.Running.ShouldBe([watched.Command.Commit]);
        await watched.LookAsync(moss, failed: 4, outcomes: 4);

        await watched.ShouldBeRolledBackAsync();
    }

    [Fact]
    public async Task Without_a_watch_in_moss_yaml_nothing_is_read_and_nothing_recorded()
    {
        await using var watched = await Watched.BeginAsync();
        Watched.Declare(watched.World, null);
        await using var moss = watched.World.Moss();
        var before = (await watched.EventsAsync()).Length;

        await watched.BegunAsync(moss);

        ((await watched.EventsAsync()).Length, watched.Metrics.Reads).ShouldBe((before, 0));
    }

    [Fact]
    public async Task A_watch_that_could_not_read_is_refused_before_anything_is_stopped()
    {
        await using var world = World.Fake();
        Watched.Declare(world, new WatchDeclaration { Metrics = [new WatchedMetric("tasks", "http://metrics:9090", "failed", "all")] });
        await world.ServingAsync();
        await using var moss = world.Moss();

        var refused = await moss.PromoteAsync<PromotionRefused>(world.Command(world.Version("better")));

        refused.Ground.ShouldBe("NotReady");
        refused.Reason.ShouldBe(
            "deploy.watch.metrics[0].url: this Moss reads no metrics from metrics:9090; whoever operates it allows that with metrics:9090 in Moss:Deployment:MetricHosts");
        (world.Machine!.Running.Single(), world.Machine.Starts).ShouldBe((world.Base.Value, 1));
    }

    [Fact]
    public async Task What_a_person_started_is_not_watched()
    {
        await using var world = World.Fake();
        Watched.Declare(world, new WatchDeclaration());
        await world.ServingAsync();
        await using var moss = world.Moss();

        await moss.Watches.LookAsync(World.Substrate, default);

        (await world.DeploymentAsync()).Watch.ShouldBeNull();
    }

    [Fact]
    public async Task The_next_promotion_ends_the_watch_and_begins_one_of_its_own()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);

        var best = watched.World.Command(watched.World.Version("best"), basedOn: new(watched.Command.Commit));
        await moss.PromoteAsync<CandidatePromoted>(best);
        await watched.LookAsync(moss);

        (await watched.OnlyAsync<WatchEnded>()).Outcome.ShouldBe(WatchOutcome.Superseded);
        var watch = (await watched.StateAsync()).Watch!;
        (watch.Open, watch.Start.Version.Commit, watch.Start.Before.Commit).ShouldBe((true, best.Commit, watched.Command.Commit));
    }

    [Fact]
    public async Task A_promotion_in_between_that_is_undone_leaves_the_watch_and_its_way_back_as_they_were()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);

        var sick = watched.World.Command(watched.World.Version("sick"), basedOn: new(watched.Command.Commit));
        await moss.PromoteAsync<PromotionRolledBack>(sick);
        await watched.LookAsync(moss, failed: 0, outcomes: 10);
        watched.Machine.Running.ShouldBe([watched.Command.Commit]);
        (await watched.StateAsync()).Watch!.Open.ShouldBeTrue();
        await watched.LookAsync(moss, failed: 9, outcomes: 9);

        await watched.ShouldBeRolledBackAsync();
    }

    [Fact]
    public async Task Stopped_by_a_person_it_is_not_rolled_back_and_started_again_it_is_watched_on()
    {
        await using var watched = await Watched.BeginAsync();
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);
        var seen = (await watched.StateAsync()).Watch!.Watched;

        await moss.Keeper.StopAsync(World.Substrate, default);
        await watched.LookAsync(moss);
        watched.Machine.Running.ShouldBeEmpty();
        (await moss.Keeper.StartAsync(World.Substrate, null, default)).ShouldBe(new StartOutcome.Done());
        await watched.LookAsync(moss);
        await watched.LookAsync(moss);

        var watch = (await watched.StateAsync()).Watch!;
        (watch.Open, watch.Watched).ShouldBe((true, seen + Watched.Interval));
        watched.Machine.Running.ShouldBe([watched.Command.Commit]);
    }
}
