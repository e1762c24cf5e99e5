using Moss.Domain.Corpus;
using Moss.Domain.Evolution;
using Moss.EventStore;

namespace Moss.Services.Tests.Ingestion;

public sealed class CorpusTests : DeskTest
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_corpus_is_shown_with_what_guards_and_what_does_not()
    {
        await HappensAsync(
            new ScenarioJoined("one", "f", null, Guid.NewGuid(), "base", "fix", new Proof(5, 5, 3, 3)),
            new ScenarioJoined("same", "f", "one", Guid.NewGuid(), "base", "fix", new Proof(5, 5, 3, 3)),
            new LiveVersionObserved(Guid.NewGuid(), "fix", [new SeenScenario("kept", 4, 4), new SeenScenario("shaky", 2, 4)]),
            new ScenarioQuarantined("shaky", "fix", 2, 4, 0.1, 30));

        var (status, body) = await Bench.GetAsync("/api/substrates/desk/corpus");

        status.ShouldBe(200);
        body.GetProperty("guards").GetInt32().ShouldBe(2);
        body.GetProperty("unproven").GetInt32().ShouldBe(1);
        body.GetProperty("quarantined").GetInt32().ShouldBe(1);
        body.GetProperty("duplicates").GetInt32().ShouldBe(1);
        var scenarios = body.GetProperty("scenarios").EnumerateArray().ToDictionary(scenario => scenario.GetProperty("scenario").GetString()!);
        scenarios.Keys.ShouldBe(["kept", "one", "same", "shaky"]);
        scenarios["one"].GetProperty("proof").GetProperty("proven").GetBoolean().ShouldBeTrue();
        scenarios["same"].GetProperty("duplicateOf").GetString().ShouldBe("one");
        scenarios["shaky"].GetProperty("state").GetString().ShouldBe("quarantined");
        scenarios["kept"].GetProperty("live").GetProperty("passed").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task What_is_quarantined_when_an_evolution_is_asked_for_guards_nothing_in_it()
    {
        await HappensAsync(new ScenarioQuarantined("shaky", "fix", 2, 4, 0.1, 30), new ScenarioQuarantined("steady", "fix", 2, 4, 0.1, 30), new ScenarioReadmitted("steady", 30));
        var batch = (await Bench.ReportAsync(Failure())).Batch();

        (await Bench.PostAsync("/api/evolutions", new { batch, depth = "light", by = "ann" })).Status.ShouldBe(202);

        (await Bench.HappenedAsync<EvolutionRequested>()).Quarantined.ShouldBe(["shaky"]);
    }

    [Fact]
    public async Task A_corpus_of_which_nothing_is_known_yet_is_empty() =>
        (await Bench.GetAsync("/api/substrates/desk/corpus")).Body.GetProperty("scenarios").GetArrayLength().ShouldBe(0);

    private Task HappensAsync(params object[] events) => Bench.Store.AppendAsync(
        new StreamId("corpus-desk"), ExpectedVersion.NoStream,
        [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata("desk", "", "test", Monday)))], CancellationToken.None);
}
