using Moss.Domain.Promotion;
using Moss.Domain.Tests.Promotion;
using Moss.Domain.Watching;

namespace Moss.Domain.Tests.Watching;

public sealed class WatchJudgeTests
{
    private static readonly InstanceSighting Lives = new InstanceSighting.Lives();

    [Fact]
    public void At_first_it_goes_on() => WatchJudge.Rule(SimulatedProduction.Watch(), Lives).ShouldBeOfType<WatchRuling.GoOn>();

    [Fact]
    public void An_instance_that_ended_is_rolled_back_at_once_and_the_reason_is_told() =>
        WatchJudge.Rule(SimulatedProduction.Watch(), new InstanceSighting.Ended("its process ended"))
            .ShouldBe(new WatchRuling.RollBack("its process ended"));

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Four_failures_in_a_row_roll_back_at_once(int row, bool rolledBack) =>
        (WatchJudge.Rule(With(new MetricTally("tasks") { Row = row, Total = 1000, Test = new SequentialTest(0, 9) }), Lives) is WatchRuling.RollBack).ShouldBe(rolledBack);

    [Fact]
    public void A_rejected_metric_says_what_was_counted_and_how_sure_it_is()
    {
        var ruling = WatchJudge.Rule(With(new MetricTally("tasks") { Failures = 9, Total = 20, Test = new SequentialTest(7, 0) }), Lives);

        ruling.ShouldBeOfType<WatchRuling.RollBack>().Reason.ShouldBe("tasks: 9 of 20 outcomes failed, where 5% may; the test rejected that with a false-alarm rate of 1%");
    }

    [Fact]
    public void Two_metrics_share_the_false_alarms()
    {
        var terms = SimulatedProduction.Watch(terms => terms with { Metrics = [terms.Metrics[0], terms.Metrics[0] with { Name = "other" }] }).Start.Terms;

        terms.LimitsOfEach.FalseAlarm.ShouldBe(0.005);
    }

    [Fact]
    public void The_repaired_failure_reported_as_often_as_failures_may_come_in_a_row_rolls_back()
    {
        var watch = SimulatedProduction.Watch();
        var reports = Enumerable.Range(0, 4).Select(_ => new RecurrenceSeen(Some.Evolution, Guid.NewGuid(), "refund", Some.Noon)).ToList();

        var three = reports.Take(3).Append(reports[0]).Aggregate(watch, (sofar, report) => sofar.Apply(report));
        var four = three.Apply(reports[3]);

        WatchJudge.Rule(three, Lives).ShouldBeOfType<WatchRuling.GoOn>();
        WatchJudge.Rule(four, Lives).ShouldBeOfType<WatchRuling.RollBack>().Reason.ShouldContain("reported 4 times again");
        WatchJudge.Rule(four with { Start = four.Start with { Terms = four.Start.Terms with { Recurrence = false } } }, Lives).ShouldBeOfType<WatchRuling.GoOn>();
    }

    [Fact]
    public void A_window_with_enough_good_outcomes_passes()
    {
        var ruling = WatchJudge.Rule(Over(new MetricTally("tasks") { Failures = 3, Total = 90, Test = new SequentialTest(0, 3) }), Lives);

        ruling.ShouldBeOfType<WatchRuling.Pass>().Reason.ShouldContain("tasks: 3 of 90 outcomes failed");
    }

    [Theory]
    [InlineData(49, 2, null, "fewer than 50")]
    [InlineData(400, 2, "the source is away", "could not be read: the source is away")]
    [InlineData(60, 0, null, "tells neither")]
    public void A_window_that_says_too_little_is_extended_once_and_then_inconclusive(double total, int accepted, string? trouble, string reason)
    {
        var over = Over(new MetricTally("tasks") { Total = total, Test = new SequentialTest(0, accepted), Trouble = trouble });
        var extended = over.Apply(new WatchExtended(Some.Evolution, "too little", Some.Noon));

        WatchJudge.Rule(over, Lives).ShouldBeOfType<WatchRuling.Extend>().Reason.ShouldContain(reason);
        WatchJudge.Rule(extended, Lives).ShouldBeOfType<WatchRuling.GoOn>();
        WatchJudge.Rule(extended with { Watched = TimeSpan.FromHours(2) }, Lives).ShouldBeOfType<WatchRuling.Inconclusive>().Reason.ShouldContain(reason);
    }

    [Fact]
    public void A_source_that_is_away_for_the_whole_window_never_rolls_back_and_never_passes()
    {
        var watch = SimulatedProduction.Watch();
        for (var read = 1; read <= 480; read++)
        {
            watch = watch.Apply(new WatchRead(Some.Evolution, watch.Start.Terms.Interval * read, watch.After([new MetricReading.Unknown("nobody answers")]), Some.Noon));
            (WatchJudge.Rule(watch, Lives) is WatchRuling.RollBack or WatchRuling.Pass).ShouldBeFalse();
        }

        watch.Metrics[0].Lost.ShouldBeTrue();
    }

    [Fact]
    public void A_watch_without_metrics_passes_when_the_instance_lived_through_it() =>
        WatchJudge.Rule(SimulatedProduction.Watch(terms => terms with { Metrics = [] }) with { Watched = TimeSpan.FromHours(1) }, Lives).ShouldBeOfType<WatchRuling.Pass>();

    [Fact]
    public void An_instance_that_cannot_be_started_again_is_rolled_back()
    {
        var watch = SimulatedProduction.Watch()
            .Apply(new InstanceStartRequested(new Instance("again", Some.New, 8080), ServingCause.Repair, Some.Noon))
            .Apply(new InstanceStartFailed("again", "exit 1", "", Some.Noon));

        (watch.Repairs, WatchJudge.Rule(watch, Lives) is WatchRuling.RollBack { Reason: "it ended and did not come up again: exit 1" }).ShouldBe((1, true));
    }

    private static WatchState With(MetricTally tally) => SimulatedProduction.Watch() with { Metrics = [tally] };

    private static WatchState Over(MetricTally tally) => With(tally) with { Watched = TimeSpan.FromHours(1) };
}
