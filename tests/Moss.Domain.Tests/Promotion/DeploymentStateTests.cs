using Moss.Domain.Promotion;
using Moss.Domain.Watching;

namespace Moss.Domain.Tests.Promotion;

public sealed class DeploymentStateTests
{
    private static readonly Instance First = new("one", Some.Old, 8080);
    private static readonly Instance Second = new("two", Some.New, 8080);
    private static readonly InstanceProcess Process = new(7, 8, "boot");

    [Fact]
    public void At_first_nothing_is_deployed() => DeploymentState.None.Phase.ShouldBe(DeploymentPhase.Stopped);

    [Fact]
    public void A_started_instance_serves_once_it_is_confirmed()
    {
        var starting = DeploymentState.Of([new InstanceStartRequested(First, ServingCause.Start, Some.At(0))]);
        var serving = starting.Apply(new InstanceServing(First, Process, ServingCause.Start, Some.At(9)));

        starting.Phase.ShouldBe(DeploymentPhase.Starting);
        starting.Served.ShouldBeNull();
        (serving.Phase, serving.Current, serving.Process, serving.Served).ShouldBe((DeploymentPhase.Serving, First, Process, Some.Old));
    }

    [Fact]
    public void A_start_that_failed_leaves_nothing_that_counts_as_having_served()
    {
        var state = DeploymentState.Of([
            new InstanceStartRequested(First, ServingCause.Start, Some.At(0)), new InstanceStartFailed("one", "exit 1", "", Some.At(1))]);

        (state.Phase, state.Served).ShouldBe((DeploymentPhase.Stopped, null));
    }

    [Fact]
    public void The_last_known_good_version_is_a_record_of_its_own()
    {
        var state = DeploymentState.Of([
            new InstanceServing(First, Process, ServingCause.Start, Some.At(0)), new LastKnownGoodKept(Some.Old, Some.At(0)),
            new PromotionOpened(Some.Evolution, "key", Some.At(1)), new InstanceServing(Second, Process, ServingCause.Promotion, Some.At(2)),
            new PromotionClosed(Some.Evolution, Some.New.Commit, PromotionOutcome.Committed, "", Some.At(3))]);

        (state.Current, state.LastKnownGood, state.Promotion).ShouldBe((Second, Some.Old, null));
    }

    [Fact]
    public void A_promoted_version_can_be_taken_back_until_it_passed_its_watch()
    {
        var promoted = Promoted();
        var watched = promoted.Apply(new WatchStarted(Some.Evolution, Some.New, Some.Old, Terms, Some.At(4)));
        var passed = watched.Apply(new WatchEnded(Some.Evolution, WatchOutcome.Passed, "", Some.At(5))).Apply(new LastKnownGoodKept(Some.New, Some.At(5)));

        promoted.WayBack.ShouldBe(Some.Old);
        watched.WayBack.ShouldBe(Some.Old);
        watched.Apply(new WatchEnded(Some.Evolution, WatchOutcome.Inconclusive, "", Some.At(5))).WayBack.ShouldBe(Some.Old);
        passed.WayBack.ShouldBeNull();
    }

    [Fact]
    public void The_way_back_of_what_is_watched_outlives_a_promotion_over_it_that_failed() =>
        Promoted().Apply(new WatchStarted(Some.Evolution, Some.New, Some.Old, Terms, Some.At(4))).Apply(new LastKnownGoodKept(Some.New, Some.At(5))).WayBack.ShouldBe(Some.Old);

    [Fact]
    public void What_a_person_started_and_what_is_stopped_has_no_way_back()
    {
        DeploymentState.Of([new InstanceServing(First, Process, ServingCause.Start, Some.At(0)), new LastKnownGoodKept(Some.New, Some.At(0))]).WayBack.ShouldBeNull();
        Promoted().Apply(new InstanceStopRequested("ada", Some.At(4))).WayBack.ShouldBeNull();
    }

    [Fact]
    public void A_promotion_is_known_while_it_is_open() =>
        DeploymentState.Of([new PromotionOpened(Some.Evolution, "key", Some.At(1))]).Promotion.ShouldBe(Some.Evolution);

    [Fact]
    public void A_stop_is_wanted_before_it_is_done()
    {
        var stopping = DeploymentState.Of([
            new InstanceServing(First, Process, ServingCause.Start, Some.At(0)), new InstanceStopRequested("ada", Some.At(1))]);

        stopping.Phase.ShouldBe(DeploymentPhase.Stopping);
        stopping.Apply(new InstanceStopped("one", Some.At(2))).Phase.ShouldBe(DeploymentPhase.Stopped);
    }

    private static readonly WatchTerms Terms = new(TimeSpan.FromHours(1), new FailureLimits(), []);

    private static DeploymentState Promoted() => DeploymentState.Of([
        new InstanceServing(First, Process, ServingCause.Start, Some.At(0)), new LastKnownGoodKept(Some.Old, Some.At(0)),
        new InstanceServing(Second, Process, ServingCause.Promotion, Some.At(2)),
        new PromotionClosed(Some.Evolution, Some.New.Commit, PromotionOutcome.Committed, "", Some.At(3))]);
}
