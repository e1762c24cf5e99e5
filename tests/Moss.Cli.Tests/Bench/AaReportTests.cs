using Moss.Cli.Bench.Gate;

namespace Moss.Cli.Tests.Bench;

public sealed class AaReportTests
{
    private static readonly AaOptions Options = new(4, "flaky", "light", 1, 2, "/tmp");

    [Fact]
    public void What_was_offered_is_counted_over_what_was_ruled_on()
    {
        var report = AaReport.Of(
            Options,
            [
                new(1, 0.3, new("Plateaued", false, 1, 20), 0), new(2, 0.5, new("Converged", true, 2, 40), 1), new(3, 0.9, new("NotReproduced", false, 0, 6), 19),
                new(4, 0.3, new("NeedMoreWork", false, 3, 30), 0),
            ],
            TimeSpan.FromSeconds(7));

        (report.Runs, report.Promoted, report.PromotedRate, report.NotReproduced).ShouldBe((3, 1, 0.3333, 21));
        report.PromotedUpper95.ShouldBe(UpperLimit.Of(1, 3), 0.0001);
        report.Rates.ShouldBe([new(0.3, 2, 0), new(0.5, 1, 1)]);
        report.Verdicts.Keys.ShouldBe(["Converged", "NeedMoreWork", "Plateaued"]);
        (report.Iterations, report.Trials).ShouldBe((6, 90));
    }

    [Fact]
    public void Without_runs_nothing_is_known() =>
        AaReport.Of(Options, [], TimeSpan.Zero).PromotedUpper95.ShouldBe(1);

    [Theory]
    [InlineData("none", 1)]
    [InlineData("flaky", 4)]
    [InlineData("noisy", 4)]
    public void The_runs_are_spread_over_pass_rates(string defect, int rates) => AaRun.RatesOf(defect).Count.ShouldBe(rates);
}
