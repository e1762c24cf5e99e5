using Moss.Services.Tests.Orchestrator;
using Moss.EventStore;

namespace Moss.Services.Tests.Ingestion.Reports;

public sealed class RepetitionTests : DeskTest
{
    private InterruptedStore store = null!;

    [Theory]
    [InlineData("key-1")]
    [InlineData(null)]
    public async Task The_same_report_again_stores_nothing_and_is_answered_with_where_it_is(string? key)
    {
        object[] report = [Failure("one", "session 1"), Failure("two")];
        var first = await Bench.ReportAsync(report, key);
        var stored = (await Bench.HistoryAsync()).Count;

        var again = await Bench.ReportAsync(report, key);

        (again.Status, again.Number("accepted"), again.Number("duplicates")).ShouldBe((202, 0, 2));
        again.Rows("items").Select(Place).ShouldBe(first.Rows("items").Select(Place));
        (await Bench.HistoryAsync()).Count.ShouldBe(stored);
    }

    [Fact]
    public async Task A_key_with_another_report_is_a_conflict_and_leaves_nothing()
    {
        await Bench.ReportAsync(new[] { Failure(), Failure("two", complaint: "first") }, "key-1");
        var history = (await Bench.HistoryAsync()).Count;
        var artifacts = Artifacts().Length;

        (await Bench.ReportAsync(Failure(complaint: "second", transcript: "t"), "key-1"))
            .Refuses(409, "Idempotency-Key", "'key-1' belongs to another report: there, items[0] is a different one", "send a new key");

        (await Bench.HistoryAsync()).Count.ShouldBe(history);
        Artifacts().Length.ShouldBe(artifacts);
    }

    [Fact]
    public async Task A_report_that_was_cut_short_is_completed_when_it_comes_again()
    {
        object[] report = [Failure("one"), Failure("two"), Failure("three")];
        await Bench.ReportAsync(report[..1], "key-1");

        var whole = await Bench.ReportAsync(report, "key-1");

        whole.Rows("items").Select(item => item.GetProperty("duplicate").GetBoolean()).ShouldBe([true, false, false]);
        (await StoredAsync()).Select(item => item.Scenario).ShouldBe(["one", "two", "three"]);
    }

    [Fact]
    public async Task The_same_failure_under_another_key_is_another_one()
    {
        var report = Failure();
        await Bench.ReportAsync(report, "key-1");

        (await Bench.ReportAsync(report, "key-2")).Number("accepted").ShouldBe(1);
    }

    [Theory]
    [InlineData("key-1")]
    [InlineData(null)]
    public async Task The_same_item_twice_in_one_report_is_stored_once(string? key)
    {
        var twice = Failure("one", "a session");

        var receipt = await Bench.ReportAsync(new[] { twice, Failure("two"), twice }, key);

        (receipt.Number("accepted"), receipt.Number("duplicates")).ShouldBe((2, 1));
        receipt.Rows("items").Select(item => item.GetProperty("duplicate").GetBoolean()).ShouldBe([false, false, true]);
        receipt.Rows("items")[2].GetProperty("evidence").GetGuid().ShouldBe(receipt.Rows("items")[0].GetProperty("evidence").GetGuid());
        (await StoredAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Two_failures_that_differ_in_their_transcript_alone_are_both_kept()
    {
        object Item(string transcript) => new { substrate = "desk", scenario = "one", occurredAt = "2026-01-05T08:59:00Z", transcript };

        (await Bench.ReportAsync(new[] { Item("first"), Item("second") })).Number("accepted").ShouldBe(2);
    }

    [Theory]
    [InlineData("   ", "characters")]
    [InlineData(201, "201 characters")]
    public async Task A_key_that_could_not_tell_reports_apart_is_refused(object key, string detail)
    {
        (await Bench.ReportAsync(Failure(), key as string ?? new string('k', (int)key))).Refuses(400, "Idempotency-Key", detail, "1 to 200");

        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task Eight_posts_of_one_report_at_once_store_it_once()
    {
        object[] report = [Failure("one", "a session"), Failure("two")];

        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Bench.ReportAsync(report, "key-1")));

        receipts.ShouldAllBe(receipt => receipt.Status == 202);
        receipts.Sum(receipt => receipt.Number("accepted")).ShouldBe(2);
        receipts.Sum(receipt => receipt.Number("duplicates")).ShouldBe(14);
        (await StoredAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_report_that_meets_a_seal_goes_into_the_next_batch()
    {
        var first = (await Bench.ReportAsync(Failure())).Batch();
        store.InterruptNextAppend(() => Bench.PostAsync($"/api/batches/{first}/seal", new { }));

        var second = await Bench.ReportAsync(Failure("two"));

        store.Conflicts.ShouldBe(1);
        (second.Status, second.Number("accepted")).ShouldBe((202, 1));
        second.Batch().ShouldNotBe(first);
    }

    private protected override IEventStore Around(IEventStore real) => store = new InterruptedStore(real);

    private static (Guid Evidence, Guid Batch) Place(System.Text.Json.JsonElement item) =>
        (item.GetProperty("evidence").GetGuid(), item.GetProperty("batch").GetGuid());

    private string[] Artifacts()
    {
        var artifacts = Path.Combine(Folder, "artifacts");
        return Directory.Exists(artifacts) ? Directory.GetFiles(artifacts, "*", SearchOption.AllDirectories) : [];
    }
}
