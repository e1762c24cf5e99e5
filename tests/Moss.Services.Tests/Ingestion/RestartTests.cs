using Moss.EventStore;

namespace Moss.Services.Tests.Ingestion;

public sealed class RestartTests : DeskTest
{
    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        var receipt = await Bench.ReportAsync(new[] { Failure("one", "a session"), Failure("two"), Failure(failure: "environment") });
        string[] paths = ["/api/substrates", "/api/substrates/desk", "/api/substrates/desk/set-aside", "/api/batches", $"/api/batches/{receipt.Batch()}"];
        var before = await ReadAsync(Bench, paths);
        await Bench.DisposeAsync();

        await using var again = await IngestionBench.StartAsync(Folder);

        (await ReadAsync(again, paths)).ShouldBe(before);
        (await again.Store.VerifyAsync(Anchors.None, CancellationToken.None)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task A_repeated_request_stores_nothing_after_a_restart()
    {
        object[] report = [Failure("one", "a session"), Failure("two"), Failure(failure: "environment")];
        await Bench.ReportAsync(report, "key-1");
        var stored = (await Bench.HistoryAsync()).Count;
        await Bench.DisposeAsync();

        await using var again = await IngestionBench.StartAsync(Folder);
        await again.AddAsync(Desk);
        var receipt = await again.ReportAsync(report, "key-1");

        (receipt.Number("accepted"), receipt.Number("duplicates")).ShouldBe((0, 3));
        (await again.HistoryAsync()).Count.ShouldBe(stored);
    }

    [Fact]
    public async Task A_key_belongs_to_its_report_after_a_restart()
    {
        await Bench.ReportAsync(Failure(), "key-1");
        await Bench.DisposeAsync();

        await using var again = await IngestionBench.StartAsync(Folder);

        (await again.ReportAsync(Failure("two"), "key-1")).Refuses(409, "Idempotency-Key", "belongs to another report");
    }

    [Fact]
    public async Task An_open_batch_goes_on_to_be_filled_after_a_restart()
    {
        var batch = (await Bench.ReportAsync(Failures(7))).Batch();
        await Bench.DisposeAsync();

        await using var again = await IngestionBench.StartAsync(Folder);
        (await again.ReportAsync(Failure("two"))).Batch().ShouldBe(batch);

        (await again.GetAsync($"/api/batches/{batch}")).Body.GetProperty("sealed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_batch_that_is_being_evolved_is_so_after_a_restart()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        await Bench.PostAsync("/api/evolutions", new { batch });
        await Bench.DisposeAsync();

        await using var again = await IngestionBench.StartAsync(Folder);

        (await again.PostAsync("/api/evolutions", new { batch })).Refuses(409, "batch", "is being evolved");
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(IngestionBench bench, IEnumerable<string> paths)
    {
        var texts = new List<string>();
        foreach (var path in paths)
        {
            texts.Add((await bench.GetAsync(path)).Body.ToString());
        }

        return texts;
    }
}
