using Moss.Domain.Evidence;

namespace Moss.Services.Tests.Ingestion.Reports;

public sealed class EnvironmentFailureTests : DeskTest
{
    private const string Outage = "{\"role\": \"user\"}\n{\"error\": {\"type\": \"overloaded_error\"}}\n";

    [Fact]
    public async Task A_failure_of_the_environment_is_kept_beside_all_batches_and_can_start_nothing()
    {
        var receipt = await Bench.ReportAsync(Enumerable.Range(0, 9).Select(_ => Failure(transcript: Outage)));

        (receipt.Status, receipt.Number("accepted"), receipt.Number("setAside")).ShouldBe((202, 0, 9));
        receipt.Rows("items").ShouldAllBe(item => item.GetProperty("setAside").GetString() == "a service was down");
        (await Bench.GetAsync("/api/batches")).Body.GetArrayLength().ShouldBe(0);
        (await Bench.HistoryAsync()).ShouldNotContain(stored => stored.Data is BatchOpened || stored.Data is EvidenceAdded);
    }

    [Fact]
    public async Task What_was_set_aside_can_be_read()
    {
        await Bench.ReportAsync(Failure(transcript: Outage, complaint: "It just stopped."));

        var aside = (await Bench.GetAsync("/api/substrates/desk/set-aside")).Body.EnumerateArray().ShouldHaveSingleItem();

        aside.GetProperty("reason").GetString().ShouldBe("a service was down");
        aside.GetProperty("report").GetProperty("complaint").GetString().ShouldBe("It just stopped.");
        var hash = aside.GetProperty("report").GetProperty("transcriptArtifact").GetString()!;
        (await Bench.Artifacts.FindAsync(hash, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task It_does_not_fill_the_batch_that_others_are_in()
    {
        object[] report = [.. Failures(7), Failure(transcript: Outage)];

        var receipt = await Bench.ReportAsync(report);

        (receipt.Number("accepted"), receipt.Number("setAside")).ShouldBe((7, 1));
        (await Bench.GetAsync($"/api/batches/{receipt.Batch()}")).Body.GetProperty("sealed").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_report_again_is_known()
    {
        var report = Failure(transcript: Outage);
        await Bench.ReportAsync(report, "key-1");

        var again = await Bench.ReportAsync(report, "key-1");

        (again.Number("setAside"), again.Number("duplicates")).ShouldBe((0, 1));
        again.Rows("items")[0].GetProperty("setAside").GetString().ShouldBe("a service was down");
    }

    [Theory]
    [InlineData("session", "environment", "all is well", true)]
    [InlineData("session", "agent", Outage, false)]
    [InlineData("user", null, Outage, false)]
    [InlineData("user", "environment", "all is well", true)]
    [InlineData("trace", null, Outage, true)]
    [InlineData("session", null, Outage + "{\"role\": \"assistant\", \"text\": \"Your order is lost.\"}", false)]
    public async Task Who_reports_decides_and_else_the_last_line_unless_a_person_complains(string source, string? failure, string transcript, bool aside)
    {
        var receipt = await Bench.ReportAsync(Failure(transcript: transcript, source: source, failure: failure));

        (receipt.Number("setAside"), receipt.Number("accepted")).ShouldBe(aside ? (1, 0) : (0, 1));
    }
}
