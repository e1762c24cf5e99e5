using Moss.Domain.Evidence;
using Moss.Domain.Watching;
using Moss.EventStore;
using Moss.Services.Tests.Orchestrator;

namespace Moss.Services.Tests.Ingestion.Batches;

/// <summary>What becomes of a batch whose repair was taken back out of production.</summary>
public sealed class ReopeningTests : DeskTest
{
    private readonly Guid evolution = Guid.NewGuid();
    private InterruptedStore store = null!;

    [Fact]
    public async Task It_is_open_again_with_the_new_evidence_and_the_reason()
    {
        var (batch, again) = await ReportedAgainAsync();

        await RolledBackAsync(batch, again);
        await ReopenedAsync();

        var view = await Bench.GetAsync($"/api/batches/{batch}");
        view.Body.GetProperty("sealed").GetBoolean().ShouldBeFalse();
        view.Body.GetProperty("evidence").EnumerateArray().Select(item => item.GetProperty("evidence").GetGuid()).Last().ShouldBe(again);
        view.Body.GetProperty("evidence").GetArrayLength().ShouldBe(2);
        view.Body.GetProperty("reopenings").EnumerateArray().ShouldHaveSingleItem().GetProperty("reason").GetString().ShouldBe("tasks: too many failures");
    }

    [Fact]
    public async Task More_evidence_joins_it_and_eight_new_pieces_seal_it_again()
    {
        var batch = (await Bench.ReportAsync(Failures(8))).Batch();
        await RolledBackAsync(batch);
        await ReopenedAsync();

        (await Bench.ReportAsync(Failures(7))).Batch().ShouldBe(batch);
        (await Bench.GetAsync($"/api/batches/{batch}")).Body.GetProperty("sealed").GetBoolean().ShouldBeFalse();
        (await Bench.ReportAsync(Failure())).Batch().ShouldBe(batch);
        (await Bench.GetAsync($"/api/batches/{batch}")).Body.GetProperty("sealed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task It_can_be_evolved_again()
    {
        var (batch, again) = await ReportedAgainAsync();
        await RolledBackAsync(batch, again);
        await ReopenedAsync();

        (await Bench.PostAsync("/api/evolutions", new { batch })).Status.ShouldBe(202);
    }

    [Fact]
    public async Task The_same_rollback_read_again_reopens_it_once()
    {
        var (batch, again) = await ReportedAgainAsync();
        await RolledBackAsync(batch, again);
        await ReopenedAsync();
        await Bench.PostAsync($"/api/batches/{batch}/seal", new { });

        await RolledBackAsync(batch, again);
        var (other, last) = ((await Bench.ReportAsync(Failure("two"))).Batch(), Guid.NewGuid());
        await AppendAsync(Of(other, last));
        await ReopenedAsync(last);

        (await Bench.HistoryAsync()).Select(stored => stored.Data).OfType<BatchReopened>().Select(reopened => reopened.Evolution).ShouldBe([evolution, last]);
    }

    [Fact]
    public async Task It_is_reopened_also_when_somebody_writes_to_it_in_that_moment()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        store.InterruptNextAppend(() => Bench.ReportAsync(Failure("two")));

        await RolledBackAsync(batch);
        await ReopenedAsync();

        store.Conflicts.ShouldBe(1);
        (await Bench.GetAsync($"/api/batches/{batch}")).Body.GetProperty("evidence").GetArrayLength().ShouldBe(2);
    }

    private protected override IEventStore Around(IEventStore real) => store = new InterruptedStore(real);

    private async Task<(Guid Batch, Guid Again)> ReportedAgainAsync()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        await Bench.PostAsync($"/api/batches/{batch}/seal", new { });
        var again = (await Bench.ReportAsync(Failure())).Body.GetProperty("items")[0].GetProperty("evidence").GetGuid();
        return (batch, again);
    }

    private async Task ReopenedAsync(Guid? by = null)
    {
        while ((await Bench.HistoryAsync()) is var history && !history.Any(stored => stored.Data is BatchReopened reopened && reopened.Evolution == (by ?? evolution)))
        {
            await store.Real.WaitForEventsAsync(history[^1].Position, default).WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    private Task RolledBackAsync(Guid batch, params Guid[] evidence) => AppendAsync(Of(batch, evolution) with { Evidence = [.. evidence] });

    private ProductionRolledBack Of(Guid batch, Guid by) =>
        new(by, "desk", new string('b', 40), new string('a', 40), "tasks: too many failures", "watch", Bench.Clock.GetUtcNow()) { Batch = batch };

    // As deployment records it.
    private Task AppendAsync(ProductionRolledBack rolledBack) => store.Real.AppendAsync(
        new StreamId("deployment-desk"), ExpectedVersion.Any, [new NewEvent(Guid.NewGuid(), rolledBack, new EventMetadata("desk", "", "deployment", rolledBack.At))], default);
}
