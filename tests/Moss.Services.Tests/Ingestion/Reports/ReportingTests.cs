using System.Text;

namespace Moss.Services.Tests.Ingestion.Reports;

public sealed class ReportingTests : DeskTest
{
    [Fact]
    public async Task One_failure_opens_a_batch()
    {
        var receipt = await Bench.ReportAsync(new
        {
            substrate = "desk", scenario = "one", source = "user", sessionId = "s", userId = "ada", occurredAt = "2026-01-05T10:00:00+01:00",
            complaint = "Wrong!", expected = "Right.", transcript = "the session",
        });

        receipt.Status.ShouldBe(202);
        (receipt.Number("accepted"), receipt.Number("duplicates"), receipt.Number("setAside")).ShouldBe((1, 0, 0));
        var batch = await Bench.GetAsync($"/api/batches/{receipt.Batch()}");
        batch.Text("substrate").ShouldBe("desk");
        batch.Body.GetProperty("sealed").GetBoolean().ShouldBeFalse();
        var stored = (await StoredAsync()).ShouldHaveSingleItem();
        (stored.Scenario, stored.Source, stored.SessionId, stored.UserId, stored.Complaint, stored.Expected)
            .ShouldBe(("one", "user", "s", "ada", "Wrong!", "Right."));
        stored.OccurredAt.ShouldBe(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
        Encoding.UTF8.GetString((await Bench.Artifacts.FindAsync(stored.TranscriptArtifact!, CancellationToken.None))!).ShouldBe("the session");
    }

    [Fact]
    public async Task Many_failures_are_answered_in_their_order()
    {
        var receipt = await Bench.ReportAsync(new { items = new[] { Failure("two"), Failure("one"), Failure("three") } });

        receipt.Number("accepted").ShouldBe(3);
        var stored = (await StoredAsync()).ToDictionary(item => item.Evidence, item => item.Scenario);
        receipt.Rows("items").Select(item => stored[item.GetProperty("evidence").GetGuid()]).ShouldBe(["two", "one", "three"]);
    }

    [Fact]
    public async Task A_bare_list_is_a_report_too() => (await Bench.ReportAsync(Failures(2))).Number("accepted").ShouldBe(2);

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        var json = System.Text.Json.JsonSerializer.Serialize(Failure());

        (await Bench.ReportTextAsync("\uFEFF" + json)).Number("accepted").ShouldBe(1);
    }

    [Fact]
    public async Task Failures_of_two_substrates_go_into_two_batches()
    {
        using var shop = DeskRepository.Declared(DeskRepository.Declaration.Replace("name: desk", "name: shop", StringComparison.Ordinal));
        await Bench.AddAsync(shop);

        var receipt = await Bench.ReportAsync(new[] { Failure(), new { substrate = "shop", scenario = "one", occurredAt = "2026-01-05T08:59:00Z" }, Failure() });

        receipt.Batch(0).ShouldBe(receipt.Batch(2));
        receipt.Batch(1).ShouldNotBe(receipt.Batch(0));
        (await Bench.GetAsync("/api/batches?substrate=shop")).Body.EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(receipt.Batch(1));
    }

    [Fact]
    public async Task Words_and_signs_of_any_language_are_kept_verbatim()
    {
        const string Complaint = "Ça ne marche pas \"du tout\" \\ 不行 🙃\n\tfin\u0000";

        await Bench.ReportAsync(Failure(complaint: Complaint));

        (await StoredAsync())[0].Complaint.ShouldBe(Complaint);
    }

    [Fact]
    public async Task Evidence_of_an_unknown_substrate_is_refused_whole()
    {
        var unknown = new { substrate = "nobody", scenario = "one", occurredAt = "2026-01-05T08:59:00Z" };

        (await Bench.ReportAsync(new[] { Failure(transcript: "t"), unknown })).Refuses(404, "items[1].substrate", "no substrate 'nobody'", "POST /api/substrates");

        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task Evidence_that_names_a_scenario_that_does_not_exist_is_refused_whole()
    {
        (await Bench.ReportAsync(new[] { Failure(transcript: "t"), Failure("gone") }))
            .Refuses(400, "items[1].scenario", $"desk has no scenario 'gone' at commit {Desk.Head}", "commit scenarios/gone.json");

        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task A_scenario_can_be_named_as_soon_as_it_is_committed()
    {
        (await Bench.ReportAsync(Failure("four"))).Status.ShouldBe(400);

        Desk.Commit("Add", ("scenarios/four.json", DeskRepository.Scenario("four")));

        (await Bench.ReportAsync(Failure("four"))).Status.ShouldBe(202);
    }
}
