using Moss.Cli.Bench.QuixBugs;

namespace Moss.Cli.Tests.Bench;

public sealed class QuixReportTests
{
    [Fact]
    public void Each_program_is_counted_once_and_a_wrong_promotion_is_named()
    {
        var report = QuixReport.Of(
        [
            Row("right", "Converged", right: true, before: 0.2, after: 1),
            Row("wrong", "Converged", right: false, before: 0.4, after: 1),
            Row("refused", "Regressed", right: null, before: 0, after: 0.5),
            Row("healthy", "NotReproduced", right: null, before: 0, after: 0),
            Row("small", QuixReport.TooFewCases, right: null, before: 0, after: 0),
        ], TimeSpan.FromSeconds(12.345));

        report.Total.ShouldBe(new QuixTotal(5, 1, 1, 1, 1, 1, 0.2, 0.833, 12.3));
        report.Wrong.ShouldBe(["wrong"]);
    }

    [Fact]
    public void A_report_on_nothing_has_means_of_nothing() =>
        QuixReport.Of([], TimeSpan.Zero).Total.ShouldBe(new QuixTotal(0, 0, 0, 0, 0, 0, 0, 0, 0));

    private static QuixRow Row(string name, string verdict, bool? right, double before, double after) =>
        new(name, verdict, right, 1, before, after, 1, "");
}
