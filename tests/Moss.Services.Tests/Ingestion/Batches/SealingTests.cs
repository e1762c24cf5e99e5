using Moss.Domain.Evidence;
using Moss.EventStore;
using Moss.Services.Tests.Orchestrator;

namespace Moss.Services.Tests.Ingestion.Batches;

public sealed class SealingTests : DeskTest
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private InterruptedStore store = null!;

    [Fact]
    public async Task The_eighth_failure_seals_a_batch_and_the_ninth_opens_the_next()
    {
        var seven = await Bench.ReportAsync(Failures(7));
        (await IsSealedAsync(seven.Batch())).ShouldBeFalse();

        var more = await Bench.ReportAsync(Failures(2));

        more.Batch(0).ShouldBe(seven.Batch());
        more.Batch(1).ShouldNotBe(seven.Batch());
        (await IsSealedAsync(more.Batch(0))).ShouldBeTrue();
        (await IsSealedAsync(more.Batch(1))).ShouldBeFalse();
        (await Bench.HappenedAsync<BatchSealed>()).Why.ShouldBe("threshold");
    }

    [Fact]
    public async Task Batches_are_listed_newest_first()
    {
        var first = (await Bench.ReportAsync(Failures(8))).Batch();
        Bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = (await Bench.ReportAsync(Failure())).Batch();

        (await Bench.GetAsync("/api/batches")).Body.EnumerateArray().Select(row => row.GetProperty("id").GetGuid()).ShouldBe([second, first]);
        (await Bench.GetAsync("/api/batches?substrate=other")).Body.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_command_seals_a_batch_and_again_changes_nothing()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();

        (await SealAsync(batch)).Body.GetProperty("sealed").GetBoolean().ShouldBeTrue();
        (await SealAsync(batch)).Status.ShouldBe(200);

        (await Bench.HistoryAsync()).Count(stored => stored.Data is BatchSealed).ShouldBe(1);
        (await Bench.ReportAsync(Failure("two"))).Batch().ShouldNotBe(batch);
    }

    [Fact]
    public async Task A_command_that_meets_new_evidence_seals_it_in()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        store.InterruptNextAppend(() => Bench.ReportAsync(Failure("two")));

        var view = await SealAsync(batch);

        store.Conflicts.ShouldBe(1);
        view.Texts("scenarios").ShouldBe(["one", "two"]);
        view.Body.GetProperty("sealed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_batch_that_is_a_day_old_is_sealed_as_it_is()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        await Bench.Clock.TimersWaitingAsync();

        Bench.Clock.Advance(Day);

        (await Bench.HappenedAsync<BatchSealed>()).Why.ShouldBe("age");
        (await IsSealedAsync(batch)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_batch_that_grew_old_while_nothing_ran_is_sealed_at_the_start()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        await Bench.DisposeAsync();

        await using var later = await IngestionBench.StartAsync(Folder, new Moss.Testing.FakeClock(Bench.Clock.GetUtcNow() + Day));

        (await later.HappenedAsync<BatchSealed>()).Why.ShouldBe("age");
        (await later.GetAsync($"/api/batches/{batch}")).Body.GetProperty("sealed").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/seal")]
    public async Task An_unknown_batch_is_missing(string method, string path)
    {
        var id = Guid.NewGuid();

        var answer = method == "GET" ? await Bench.GetAsync($"/api/batches/{id}{path}") : await Bench.PostAsync($"/api/batches/{id}{path}", new { });

        answer.Refuses(404, "id", $"there is no batch {id}", "GET /api/batches");
    }

    [Fact]
    public async Task Reports_of_one_failure_are_a_cluster_over_sessions_and_users()
    {
        static string Error(int order) => $"session {order}\nKeyError: 'A{order}' at 0x7f00aa{order}aa";

        var receipt = await Bench.ReportAsync(new[]
        {
            Failure("one", Error(17), user: "ada"), Failure("one", Error(18), user: "bea"), Failure("one", "TypeError: no", user: "ada"), Failure("two", Error(17)),
            Failure("one", Error(19), user: "ada"),
        });

        var clusters = (await Bench.GetAsync($"/api/batches/{receipt.Batch()}")).Rows("clusters");

        clusters.Select(cluster => (cluster.GetProperty("scenario").GetString(), cluster.GetProperty("reports").GetInt32()))
            .ShouldBe([("one", 3), ("one", 1), ("two", 1)]);
        (clusters[0].GetProperty("sessions").GetInt32(), clusters[0].GetProperty("users").GetInt32()).ShouldBe((3, 2));
        clusters.Select(cluster => cluster.GetProperty("fingerprint").GetString()).Distinct().Count().ShouldBe(3);
    }

    private protected override IEventStore Around(IEventStore real) => store = new InterruptedStore(real);

    private Task<Answer> SealAsync(Guid batch) => Bench.PostAsync($"/api/batches/{batch}/seal", new { });

    private async Task<bool> IsSealedAsync(Guid batch) => (await Bench.GetAsync($"/api/batches/{batch}")).Body.GetProperty("sealed").GetBoolean();
}
