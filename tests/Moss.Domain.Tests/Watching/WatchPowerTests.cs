using Moss.Domain.Watching;

namespace Moss.Domain.Tests.Watching;

/// <summary>How often a watch is wrong, over simulated production. Every seed is fixed, so a number here is a fact and not a chance.</summary>
public sealed class WatchPowerTests
{
    private const int Windows = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(100)]
    public void Without_a_change_at_most_two_of_a_hundred_windows_roll_back(int tasksIn5Minutes) =>
        Rulings(tasksIn5Minutes, 0.05).Count(ruling => ruling is WatchRuling.RollBack).ShouldBeLessThanOrEqualTo(Windows / 50);

    [Fact]
    public void With_many_tasks_and_no_change_nearly_every_window_passes() =>
        Rulings(100, 0.05).Count(ruling => ruling is WatchRuling.Pass).ShouldBeGreaterThanOrEqualTo(Windows * 95 / 100);

    [Fact]
    public void With_a_task_in_five_minutes_no_window_passes() => Rulings(1, 0.05).ShouldNotContain(ruling => ruling is WatchRuling.Pass);

    [Theory]
    [InlineData(0.40, 25, 95)]
    [InlineData(0.20, 40, 60)]
    [InlineData(1.00, 5, 100)]
    public void More_failures_roll_back_soon(double failureRate, int tasks, int percent) =>
        Enumerable.Range(0, 1000).Count(seed => new SimulatedProduction(seed).TasksToRollback(SimulatedProduction.Watch(), failureRate, tasks) is not null)
            .ShouldBeGreaterThanOrEqualTo(percent * 10);

    [Fact]
    public void What_goes_wrong_late_is_found_though_thousands_of_tasks_went_well_before()
    {
        var found = 0;
        for (var seed = 0; seed < Windows; seed++)
        {
            var well = Enumerable.Range(0, 3000).Aggregate(new SequentialTest(), (test, task) => test.After(new FailureLimits(), task % 25 == 0 ? 1 : 0, task % 25 == 0 ? 0 : 1));
            var tally = new MetricTally("tasks") { Test = well, Total = 3000, Failures = 120 };
            var watch = SimulatedProduction.Watch() with { Metrics = [tally] };
            found += new SimulatedProduction(seed).TasksToRollback(watch, 0.4, 60) is null ? 0 : 1;
        }

        found.ShouldBeGreaterThanOrEqualTo(Windows * 95 / 100);
    }

    private static List<WatchRuling> Rulings(int tasksIn5Minutes, double failureRate) =>
        [.. Enumerable.Range(0, Windows).Select(seed => new SimulatedProduction(seed).WatchTo(SimulatedProduction.Watch(), tasksIn5Minutes, failureRate))];
}
