using System.Text.Json;
using Moss.Cli.Api;
using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;
using Moss.Testing;

namespace Moss.EndToEnd.Tests;

/// <summary>What is kept of a failure once it is repaired.</summary>
[Collection(OneMoss.Name)]
public sealed class CorpusTests(MossBench bench)
{
    [Fact]
    public async Task A_repaired_scenario_guards_from_then_on_with_the_proof_that_it_can_fail()
    {
        var till = bench.Till("till-kept", Scripts.Repairs);
        var course = new Course(bench, till);
        await course.OpenAsync(deploy: true);
        await course.BeginAsync();
        var end = await course.RunAsync();
        end.Ending!.Promoted.ShouldBeTrue(end.Ending.Reason);

        await Eventually.HoldsAsync(() => till.Repository.Git("ls-tree", "-r", "--name-only", "--full-tree", Branch()).Contains("corpus/half.json", StringComparison.Ordinal));

        var half = JsonDocument.Parse(till.Repository.Show("moss/corpus", "corpus/half.json")).RootElement;
        half.GetProperty("evolution").GetGuid().ShouldBe(course.Id);
        half.GetProperty("baseCommit").GetString().ShouldBe(end.BaseCommit);
        half.GetProperty("commit").GetString().ShouldBe(end.Change!.Commit);
        half.GetProperty("fingerprint").GetString()!.Length.ShouldBe(64);
        var corpus = await bench.Client.GetAsync<CorpusView>($"api/substrates/{till.Name}/corpus", CancellationToken.None);
        corpus.Scenarios.Select(scenario => scenario.Scenario).ShouldBe(["half", "nothing", "quarter", "tenth"]);
        var results = end.ScenarioResults.Single(scenario => scenario.Scenario == "half");
        var proof = corpus.Scenarios.Single(scenario => scenario.Scenario == "half").Proof.ShouldNotBeNull();
        proof.Proven.ShouldBeTrue();
        (proof.CandidatePassed, proof.CandidateTrials).ShouldBe((results.Candidate!.Passed, results.Candidate.Trials));
        proof.BaseFailed.ShouldBe(proof.BaseTrials);
        corpus.Quarantined.ShouldBe(0);

        // The next evolution finds it held out, and its baseline is the first look at it on the live version.
        await course.BeginAsync(["quarter"]);
        (await course.RunAsync()).Ending!.Verdict.ShouldBe("NotReproduced");
        await Eventually.HoldsAsync(async () => (await LiveAsync(till, "half")) is { Trials: > 0 } live && live.Passed == live.Trials);

        string Branch() => till.Repository.Git("branch", "--list", "moss/corpus").Length > 0 ? "moss/corpus" : "main";
    }

    private async Task<CorpusLiveView> LiveAsync(Till till, string scenario) =>
        (await bench.Client.GetAsync<CorpusView>($"api/substrates/{till.Name}/corpus", CancellationToken.None)).Scenarios.Single(one => one.Scenario == scenario).Live;
}
