using Moss.Domain.Promotion;
using Moss.Domain.Tests.Promotion;
using Moss.Domain.Watching;

namespace Moss.Domain.Tests.Watching;

public sealed class WatchStateTests
{
    private static readonly Instance First = new("one", Some.Old, 8080);
    private static readonly Instance Second = new("two", Some.New, 8080);

    private static readonly DeploymentState Promoted = DeploymentState.Of([
        new InstanceServing(First, null, ServingCause.Start, Some.At(0)), new LastKnownGoodKept(Some.Old, Some.At(0)),
        new PromotionOpened(Some.Evolution, "key", Some.At(1)), new InstanceServing(Second, null, ServingCause.Promotion, Some.At(2)),
        new PromotionClosed(Some.Evolution, Some.New.Commit, PromotionOutcome.Committed, "", Some.At(3))]);

    [Fact]
    public void A_promoted_version_is_unwatched_until_its_watch_began()
    {
        Promoted.Unwatched.ShouldBeTrue();
        Promoted.Apply(SimulatedProduction.Watch().Start).Unwatched.ShouldBeFalse();
    }

    [Fact]
    public void What_a_person_started_is_not_watched() =>
        Promoted.Apply(new InstanceServing(First, null, ServingCause.Start, Some.At(4))).Unwatched.ShouldBeFalse();

    [Fact]
    public void A_promotion_that_was_undone_leaves_nothing_to_watch() =>
        DeploymentState.Of([
            new PromotionOpened(Some.Evolution, "key", Some.At(1)), new InstanceServing(First, null, ServingCause.Rollback, Some.At(2)),
            new PromotionClosed(Some.Evolution, Some.New.Commit, PromotionOutcome.RolledBack, "sick", Some.At(3))]).Unwatched.ShouldBeFalse();

    [Fact]
    public void During_a_watch_the_last_known_good_version_is_the_one_before() =>
        Promoted.Apply(SimulatedProduction.Watch().Start).LastKnownGood.ShouldBe(Some.Old);

    [Fact]
    public void A_read_replaces_the_sums_so_that_a_new_process_goes_on_from_it()
    {
        var tally = new MetricTally("tasks") { Failures = 2, Total = 30, FailuresRead = 4, TotalRead = 99, Test = new SequentialTest(-1.5, 2), Row = 1 };

        var watch = Promoted.Apply(SimulatedProduction.Watch().Start).Apply(new WatchRead(Some.Evolution, TimeSpan.FromMinutes(7), [tally], Some.At(9))).Watch!;

        (watch.Watched, watch.Metrics[0]).ShouldBe((TimeSpan.FromMinutes(7), tally));
    }

    [Fact]
    public void A_rollback_ends_the_watch_and_its_end_leaves_no_promoted_change()
    {
        var decided = new ProductionRollbackDecided(Some.Evolution, "desk", Second, First with { Marker = "back" }, Some.Terms, "sick", "watch", Some.At(5));
        var rolling = Promoted.Apply(SimulatedProduction.Watch().Start).Apply(decided);

        (rolling.Watch!.Outcome, rolling.Watch.Reason, rolling.Rollback!.Done).ShouldBe((WatchOutcome.RolledBack, "sick", false));
        var done = rolling.Apply(new ProductionRolledBack(Some.Evolution, "desk", Some.New.Commit, Some.Old.Commit, "sick", "watch", Some.At(6)));
        (done.Rollback!.Done, done.Promoted).ShouldBe((true, null));
    }

    [Fact]
    public void What_comes_after_its_end_does_not_change_a_watch()
    {
        var ended = SimulatedProduction.Watch().Apply(new WatchEnded(Some.Evolution, WatchOutcome.Passed, "well", Some.At(5)));

        ended.Apply(new WatchRead(Some.Evolution, TimeSpan.FromHours(9), [], Some.At(6))).ShouldBe(ended);
    }
}
