using Moss.Domain.Watching;

namespace Moss.Domain.Tests.Watching;

public sealed class MetricTallyTests
{
    private static readonly FailureLimits Limits = new();
    private static readonly MetricTally Begun = new MetricTally("tasks").After(new MetricReading.Counted(10, 100), Limits);

    [Fact]
    public void What_happened_before_the_watch_does_not_count() => (Begun.Failures, Begun.Total, Begun.Trouble).ShouldBe((0, 0, null));

    [Fact]
    public void Each_read_counts_what_came_since_the_last_one()
    {
        var tally = Begun.After(new MetricReading.Counted(11, 105), Limits).After(new MetricReading.Counted(11, 110), Limits);

        (tally.Failures, tally.Total).ShouldBe((1, 10));
    }

    [Theory]
    [InlineData(double.NaN, 110)]
    [InlineData(11, double.NaN)]
    [InlineData(11, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 110)]
    [InlineData(-1, 110)]
    [InlineData(11, -110)]
    [InlineData(11, 1e300)]
    [InlineData(200, 110)]
    [InlineData(30, 101)]
    [InlineData(5, 101)]
    [InlineData(11, 99)]
    public void What_is_no_count_says_nothing_and_moves_no_sum(double failures, double total)
    {
        var tally = Begun.After(new MetricReading.Counted(failures, total), Limits);

        tally.Trouble.ShouldNotBeNull();
        (tally.Failures, tally.Total, tally.Test, tally.Row, tally.Silent).ShouldBe((0, 0, new SequentialTest(), 0, 1));
    }

    [Fact]
    public void After_a_counter_began_anew_it_is_counted_on_from_there()
    {
        var tally = Begun.After(new MetricReading.Counted(0, 3), Limits).After(new MetricReading.Counted(1, 9), Limits);

        (tally.Failures, tally.Total, tally.Trouble, tally.Silent).ShouldBe((1, 6, null, 0));
    }

    [Fact]
    public void After_a_read_without_a_number_what_came_meanwhile_is_counted_all_the_same()
    {
        var tally = Begun.After(new MetricReading.Unknown("the source is away"), Limits).After(new MetricReading.Counted(12, 120), Limits);

        (tally.Failures, tally.Total).ShouldBe((2, 20));
    }

    [Fact]
    public void Four_reads_in_a_row_without_a_number_are_a_lost_source_until_the_next_number()
    {
        var away = new MetricReading.Unknown("the source is away");
        var three = Begun.After(away, Limits).After(away, Limits).After(away, Limits);

        three.Lost.ShouldBeFalse();
        three.After(away, Limits).Lost.ShouldBeTrue();
        three.After(away, Limits).After(new MetricReading.Counted(10, 100), Limits).Lost.ShouldBeFalse();
    }

    [Fact]
    public void A_row_of_failures_is_broken_by_a_success_and_by_nothing_else()
    {
        var row = Begun.After(new MetricReading.Counted(12, 102), Limits)
            .After(new MetricReading.Unknown("away"), Limits).After(new MetricReading.Counted(12, 102), Limits).After(new MetricReading.Counted(13, 103), Limits);

        row.Row.ShouldBe(3);
        row.After(new MetricReading.Counted(14, 105), Limits).Row.ShouldBe(0);
    }
}
