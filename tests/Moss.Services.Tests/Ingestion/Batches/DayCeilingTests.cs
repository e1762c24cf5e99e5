using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Money;
using Moss.EventStore;
using Moss.Services.Tests.Orchestrator;

namespace Moss.Services.Tests.Ingestion.Batches;

public sealed class DayCeilingTests : DeskTest
{
    private InterruptedStore store = null!;

    [Fact]
    public async Task Without_a_ceiling_of_the_day_nothing_is_set_aside()
    {
        Budget("dollars: 4");

        (await StartAsync()).Status.ShouldBe(202);

        (await RequestedAsync()).ShouldBe([4m]);
        (await HappenedAsync<MoneyReserved>()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Evolutions_that_run_at_once_share_the_day_and_the_next_is_refused()
    {
        Budget("dollars: 4, dollarsPerDay: 6, dollarsPerStage: 0.5");

        (await StartAsync()).Status.ShouldBe(202);
        (await StartAsync()).Status.ShouldBe(202);
        (await StartAsync()).Refuses(409, "batch", "the 6.00 dollars that evolutions of desk may cost today", "raise budget.dollarsPerDay");

        (await RequestedAsync()).ShouldBe([4m, 2m]);
        (await HappenedAsync<EvolutionRequested>()).ShouldAllBe(asked => asked.DollarsPerStage == 0.5m);
    }

    [Fact]
    public async Task One_that_may_spend_nothing_needs_nothing_of_the_day()
    {
        Budget("dollars: 4, dollarsPerDay: 4");
        (await StartAsync()).Status.ShouldBe(202);
        Budget("dollars: 0, dollarsPerDay: 4");

        (await StartAsync()).Status.ShouldBe(202);

        (await RequestedAsync()).ShouldBe([4m, 0m]);
    }

    [Fact]
    public async Task What_an_evolution_left_over_is_there_again_once_it_has_ended()
    {
        Budget("dollarsPerDay: 6");
        var first = (await StartAsync()).Body.GetProperty("evolution").GetGuid();
        await RecordAsync(
            first, new MoneySpent(new StageKey(first, 1, Stage.Locate, 1), "claude", 1.5m, 10, 5, 1), new EvolutionEnded(Verdict.NotReproduced, "so", false, false));

        (await StartAsync()).Status.ShouldBe(202);

        (await RequestedAsync()).ShouldBe([6m, 4.5m]);
    }

    [Fact]
    public async Task Tomorrow_is_another_day()
    {
        Budget("dollarsPerDay: 6");
        (await StartAsync()).Status.ShouldBe(202);
        Bench.Clock.Advance(TimeSpan.FromDays(1));

        (await StartAsync()).Status.ShouldBe(202);

        (await RequestedAsync()).ShouldBe([6m, 6m]);
    }

    [Fact]
    public async Task Of_two_starts_at_once_the_second_sees_what_the_first_took()
    {
        Budget("dollars: 4, dollarsPerDay: 6");
        var (one, other) = (await BatchAsync(), await BatchAsync());
        store.InterruptNextAppend(() => StartAsync(other));

        (await StartAsync(one)).Status.ShouldBe(202);

        (await RequestedAsync()).Order().ShouldBe([2m, 4m]);
        store.Conflicts.ShouldBe(1);
    }

    [Fact]
    public async Task A_start_that_is_refused_gives_its_money_back()
    {
        Budget("dollars: 1, dollarsPerDay: 6");
        var batch = await BatchAsync();
        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(batch)))).Count(answer => answer.Status == 202).ShouldBe(1);

        var reserved = (await HappenedAsync<MoneyReserved>()).Select(money => money.Evolution);

        reserved.Except((await HappenedAsync<MoneyReleased>()).Select(money => money.Evolution))
            .ShouldBe((await HappenedAsync<EvolutionRequested>()).Select(asked => asked.Evolution));
    }

    private protected override IEventStore Around(IEventStore real) => store = new InterruptedStore(real);

    private void Budget(string budget) => Desk.Commit("Limit", ("moss.yaml", $"{DeskRepository.Declaration}budget: {{ {budget} }}\n"));

    private async Task<Guid> BatchAsync()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        (await Bench.PostAsync($"/api/batches/{batch}/seal", new { })).Status.ShouldBe(200);
        return batch;
    }

    private async Task<Answer> StartAsync() => await StartAsync(await BatchAsync());

    private Task<Answer> StartAsync(Guid batch) => Bench.PostAsync("/api/evolutions", new { batch, by = "ann" });

    private async Task<IReadOnlyList<decimal?>> RequestedAsync() => [.. (await HappenedAsync<EvolutionRequested>()).Select(asked => asked.Dollars)];

    private async Task<IReadOnlyList<T>> HappenedAsync<T>() => [.. (await Bench.HistoryAsync()).Select(stored => stored.Data).OfType<T>()];

    private Task RecordAsync(Guid evolution, params object[] events) => Bench.Store.AppendAsync(
        new StreamId($"evolution-{evolution:n}"), ExpectedVersion.NoStream,
        [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata(evolution.ToString(), "", "test", Bench.Clock.GetUtcNow())))],
        CancellationToken.None);
}
