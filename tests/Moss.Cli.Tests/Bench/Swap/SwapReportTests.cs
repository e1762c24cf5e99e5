using Moss.Cli.Bench.Swap;
using Moss.Cli.Features;
using Moss.Cli.Tests.Running;
using Moss.Testing;

namespace Moss.Cli.Tests.Bench.Swap;

public sealed class SwapReportTests
{
    private static readonly SwapRow Good = new("redis", "good", 0, true, false, true, true, 1.1, null, "", 1.0);
    private static readonly SwapRow Killed = Good with { KilledAfter = 3, DowntimeSeconds = 0, RecoverySeconds = 0.5, EngineSeconds = null };

    [Fact]
    public void Swaps_that_went_well_hold()
    {
        var report = SwapReport.Of([Good, Killed], 9);

        report.Holds.ShouldBeTrue();
        (report.Runs, report.StateLost, report.TwoWriters, report.UnhealthyEnd, report.WrongRollback).ShouldBe((2, 0, 0, 0, 0));
        report.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Each_way_to_go_wrong_is_counted_by_itself()
    {
        var report = SwapReport.Of(
            [Good with { StateKept = false }, Good with { TwoWriters = true }, Good with { OneHealthy = false }, Good with { RightVersion = false }, Good], 9);

        (report.StateLost, report.TwoWriters, report.UnhealthyEnd, report.WrongRollback).ShouldBe((1, 1, 1, 1));
        report.Wrong.Count.ShouldBe(4);
        report.Holds.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_swapped_proves_nothing() => SwapReport.Of([], 0).Holds.ShouldBeFalse();

    [Fact]
    public void Downtime_is_told_by_the_engines_own_of_the_same_service_and_only_undisturbed()
    {
        SwapRow[] rows = [Good, Killed with { DowntimeSeconds = 60 }, Good with { Service = "nginx", DowntimeSeconds = 3, EngineSeconds = 2 }, Good with { Scenario = "slow start", DowntimeSeconds = 9 }];

        SwapReport.Of(rows, 9).DowntimeRatioMedian!.Value.ShouldBe(1.1, 0.001);
        SwapReport.Of(rows[2..], 9).DowntimeRatioMedian!.Value.ShouldBe(1.5, 0.001);
        SwapReport.Of([Killed], 9).DowntimeRatioMedian.ShouldBeNull();
    }

    [Fact]
    public void A_service_tells_the_median_of_the_downtimes_that_were_measured()
    {
        SwapRow[] rows = [Good with { DowntimeSeconds = 5 }, Good, Good with { DowntimeSeconds = 1.3 }, Good with { EngineSeconds = null, DowntimeSeconds = 0 }];

        SwapReport.Of(rows, 9).Services.ShouldHaveSingleItem().DowntimeSeconds.ShouldBe(1.3);
        SwapReport.Of([Killed], 9).Services.ShouldHaveSingleItem().DowntimeSeconds.ShouldBeNull();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 19)]
    [InlineData(100, 95)]
    public void Recovery_is_told_by_its_95th_percentile(int runs, double expected) =>
        SwapReport.Of([.. Enumerable.Range(1, runs).Select(seconds => Killed with { RecoverySeconds = seconds })], 9).RecoveryP95Seconds.ShouldBe(expected);

    [Fact]
    public void Each_service_has_a_line()
    {
        var services = SwapReport.Of([Good, Killed, Good with { Service = "nginx", StateKept = false }], 9).Services;

        services.Select(service => (service.Name, service.Runs, service.Wrong)).ShouldBe([("redis", 2, 0), ("nginx", 1, 1)]);
        services[0].EngineSeconds.ShouldBe(1.0);
        services[0].RecoveryP95Seconds.ShouldBe(0.5);
    }

    [Theory]
    [InlineData("--services", "redis,mongo", "'mongo' is not known")]
    [InlineData("--scenarios", "good,better", "'better' is not known")]
    public async Task What_is_not_known_is_said_before_anything_starts(string option, string given, string problem)
    {
        using var folder = new TemporaryFolder();

        var ran = await MossCommand.RunAsync(new Dictionary<string, string> { ["MOSS_HOME"] = folder.Path }, "bench", "swap", option, given);

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain(problem);
        ran.Error.ShouldContain("choose from");
    }

    [Fact]
    public async Task Without_the_source_it_cannot_be_done_and_says_so()
    {
        using var folder = new TemporaryFolder();

        var ran = await MossCommand.RunAsync(new Dictionary<string, string> { ["MOSS_HOME"] = folder.Path }, "bench", "swap");

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("clone the repository, and run ./moss bench swap there");
    }
}
