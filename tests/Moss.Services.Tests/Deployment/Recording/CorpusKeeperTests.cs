using System.Text.Json;
using Moss.Domain.Corpus;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Tests.Evolution;
using Moss.EventStore;

namespace Moss.Services.Tests.Deployment.Recording;

public sealed class CorpusKeeperTests : IDisposable
{
    private static readonly EvolutionEnded Promoted = new(Verdict.Converged, "it serves", true, false);

    private readonly AnchorBench bench = new();
    private readonly EvolutionFacts facts = new(Guid.NewGuid());

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task What_was_repaired_joins_with_its_proof_and_can_be_read_in_the_repository()
    {
        await bench.HappensAsync(facts, [.. facts.UpTo(Phase.Promoting, facts.Started() with { BaseCommit = bench.Repository.Head }), Promoted]);
        using var life = bench.Start();
        await life.ReadCorpusAsync();

        var one = File("one");
        one.GetProperty("state").GetString().ShouldBe("active");
        one.GetProperty("fingerprint").GetString()!.Length.ShouldBe(64);
        one.GetProperty("evolution").GetGuid().ShouldBe(facts.Id);
        one.GetProperty("baseCommit").GetString().ShouldBe(bench.Repository.Head);
        one.GetProperty("commit").GetString().ShouldBe(EvolutionFacts.Repair.Commit);
        one.GetProperty("proof").GetProperty("proven").GetBoolean().ShouldBeTrue();
        one.GetProperty("proof").GetProperty("baseFailed").GetInt32().ShouldBe(5);
        File("two").GetProperty("duplicateOf").GetString().ShouldBe("one");
        File("kept").GetProperty("live").GetProperty("passed").GetInt32().ShouldBe(2);
        bench.Repository.Show("moss/corpus", "README.md").ShouldContain("| one | active | 0 of 0 passed | 5 of 5 trials failed without the fix, 3 of 3 passed with it |");
    }

    [Fact]
    public async Task What_was_not_promoted_does_not_join()
    {
        await bench.HappensAsync(facts, [.. facts.UpTo(Phase.Promoting), Promoted with { Promoted = false, RolledBack = true }]);
        using var life = bench.Start();
        await life.ReadCorpusAsync();

        (await CorpusAsync()).Entries.Keys.ShouldBe(["kept"]);
    }

    [Fact]
    public async Task Whoever_is_killed_at_any_event_leaves_a_corpus_that_the_next_one_completes_and_nothing_twice()
    {
        await bench.HappensAsync(facts, [.. facts.UpTo(Phase.Promoting), Promoted]);
        var last = await bench.Store.LastPositionAsync(CancellationToken.None);
        for (var killedAt = 1; killedAt <= last; killedAt++)
        {
            using var killed = bench.Start();
            await killed.ReadCorpusAsync(upTo: killedAt);
        }

        using var life = bench.Start();
        await life.ReadCorpusAsync();

        var names = new List<string>();
        await foreach (var stored in bench.Store.ReadStreamAsync(new StreamId("corpus-desk"), 0, CancellationToken.None))
        {
            names.Add(stored.Name);
        }

        names.ShouldBe(["corpus.live-version-observed.v1", "corpus.scenario-joined.v1", "corpus.scenario-joined.v1"]);
        bench.Repository.Git("rev-list", "--count", "moss/corpus").ShouldBe("1", "what is there already makes no commit");
    }

    [Fact]
    public async Task Later_baselines_quarantine_what_passes_and_fails_on_one_version()
    {
        using var life = bench.Start();
        foreach (var seen in new[] { "+-", "-+" })
        {
            var one = new EvolutionFacts(Guid.NewGuid());
            await bench.HappensAsync(one, one.Started(), one.Baseline(kept: seen));
            await life.ReadCorpusAsync();
        }

        File("kept").GetProperty("state").GetString().ShouldBe("quarantined");
        File("kept").GetProperty("why").GetString()!.ShouldContain("2 of 4 trials failed");
        bench.Repository.Git("log", "-1", "--format=%s", "moss/corpus").ShouldBe("1 scenarios guard, 1 of them quarantined");
    }

    [Fact]
    public async Task A_repository_that_cannot_be_read_costs_the_fingerprints_alone()
    {
        await bench.HappensAsync(facts, [.. facts.UpTo(Phase.Promoting), Promoted]);
        using var life = bench.Start();
        await life.ReadCorpusAsync();

        (await CorpusAsync()).EntryOf("one").Joined!.Fingerprint.ShouldBeEmpty();
        File("one").TryGetProperty("fingerprint", out _).ShouldBeFalse();
    }

    private JsonElement File(string scenario) => JsonDocument.Parse(bench.Repository.Show("moss/corpus", $"corpus/{scenario}.json")).RootElement;

    private async Task<CorpusState> CorpusAsync()
    {
        var corpus = CorpusState.Empty;
        await foreach (var stored in bench.Store.ReadStreamAsync(new StreamId("corpus-desk"), 0, CancellationToken.None))
        {
            corpus = corpus.Apply(stored.Data, stored.Metadata.Time);
        }

        return corpus;
    }
}
