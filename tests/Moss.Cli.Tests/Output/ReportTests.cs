using Moss.Cli.Demo;
using Moss.Cli.Output;
using Moss.Cli.Tests.Running;

namespace Moss.Cli.Tests.Output;

public sealed class ReportTests
{
    private static readonly DeskHealth Before = new("ok", 3, "v1");

    [Fact]
    public void A_stage_lasts_until_the_next_mark_and_the_wait_for_a_person_is_none() => StageTime.Of(
    [
        Sample.Stage("Baseline", 0, 1, 0),
        Sample.Entry("baseline-measured", new { }, seconds: 2),
        Sample.Stage("Locate", 1, 1, 2.5),
        Sample.Entry("consent-requested", new { }, seconds: 4),
        Sample.Stage("Promote", 1, 1, 100),
        Sample.Entry("ended", new { }, seconds: 101.234),
    ]).ShouldBe([new("Baseline.i0.r1", 2.5), new("Locate.i1.r1", 1.5), new("Promote.i1.r1", 1.23)]);

    [Fact]
    public void A_stage_that_has_not_ended_has_no_time() => StageTime.Of([Sample.Stage("Baseline", 0, 1, 0)]).ShouldBeEmpty();

    [Fact]
    public void The_demos_report_says_whether_the_state_was_kept()
    {
        Report(new("ok", 3, "v2")).StateKept.ShouldBeTrue();
        Report(new("ok", 5, "v2")).StateKept.ShouldBeTrue();
        Report(new("ok", 2, "v2")).StateKept.ShouldBeFalse();
    }

    [Fact]
    public void The_demos_report_is_what_the_evolution_came_to()
    {
        var report = Report(new("ok", 3, "v2"));

        (report.Verdict, report.Promoted, report.RolledBack, report.Iterations).ShouldBe(("Converged", true, false, 1));
        (report.BaselineMean, report.CandidateMean, report.PValue).ShouldBe((0, 1, 0.001));
        (report.Commit, report.FilesChanged, report.Insertions, report.Deletions).ShouldBe((Sample.Commit, 1, 2, 1));
        (report.VersionBefore, report.VersionAfter, report.DurationSeconds).ShouldBe(("v1", "v2", 12.3));
    }

    [Fact]
    public void An_evolution_without_a_candidate_has_a_report_too()
    {
        var view = Sample.Evolution("Concluded", new("NotReproduced", "nothing fails", false, false)) with { Change = null, Ruling = null };

        var report = DemoReport.Of(view, [], TimeSpan.FromSeconds(1), true, Before, Before, "/data/desk", Options);

        (report.Commit, report.PValue, report.FilesChanged, report.CandidateMean).ShouldBe((null, null, 0, 0));
    }

    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(61.26, "61.3 s")]
    public void A_duration_is_written_in_seconds(double seconds, string text) => Duration.Text(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Fact]
    public void A_Moss_that_ran_already_has_no_data_folder_of_the_demo()
    {
        var options = Options with { Target = new(new Uri("http://127.0.0.1:8080"), null, "/substrates", "docker", null) };

        var report = DemoReport.Of(Sample.Promoted, [], TimeSpan.FromSeconds(1), true, Before, Before, "/substrates/desk", options);

        (report.Engine, report.Repository, report.Data).ShouldBe(("docker", "/substrates/desk", null));
        (Report(Before).Engine, Report(Before).Data).ShouldBe(("process", "/data"));
    }

    private static DemoOptions Options => new("/data", "light", Yes: true, Sabotage: null, Target: null, Agent: "search");

    private static DemoReport Report(DeskHealth after) =>
        DemoReport.Of(Sample.Promoted, [], TimeSpan.FromSeconds(12.34), auditOk: true, Before, after, "/data/desk", Options);
}
