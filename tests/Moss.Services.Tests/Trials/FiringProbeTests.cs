using System.Collections.Immutable;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;

namespace Moss.Services.Tests.Trials;

public sealed class FiringProbeTests
{
    private const string Prompt = "diff --git a/main.py b/main.py\n--- a/main.py\n+++ b/main.py\n@@ -3 +3 @@\n-old\n+new\n";
    private const string OtherFile = "diff --git a/p.json b/p.json\n--- a/p.json\n+++ b/p.json\n@@ -1 +1 @@\n-1\n+2\n";
    private const string Removal = "@@ -9 +8,0 @@\n-gone\n";
    private static readonly RunTrials Paired = TrialsBench.Paired(new TrialRow("three", "Corpus", 1), new TrialRow("one", "Batch", 1), new TrialRow("two", "Batch", 1));

    [Fact]
    public async Task A_change_that_the_first_passing_scenario_runs_fires_and_no_other_is_asked()
    {
        await using var bench = await StartAsync(scenario => [1]);

        var answer = await bench.AskAsync<TrialsCompleted>(Paired);

        answer.Firing.ShouldBe(new ChangeFiring(1, 1, 1), "the changed line is in the middle of a text that begins in line 1");
        Probed(bench).ShouldBe(["one"]);
    }

    [Fact]
    public async Task A_change_that_nothing_runs_was_looked_for_in_all_that_passes_the_batch_first()
    {
        await using var bench = await StartAsync(scenario => [5]);

        var answer = await bench.AskAsync<TrialsCompleted>(Paired);

        answer.Firing.ShouldBe(new ChangeFiring(1, 0, 3));
        Probed(bench).ShouldBe(["one", "two", "three"]);
        answer.Trials.Count.ShouldBe(6, "what was run to look counts for no verdict");
        answer.Trials.ShouldAllBe(trial => trial.Lines == null);
    }

    [Fact]
    public async Task A_scenario_that_does_not_pass_says_nothing_of_what_made_others_pass()
    {
        await using var bench = await StartAsync(scenario => scenario == "three" ? [1] : [5]);
        var run = bench.Replayer.Run;
        bench.Replayer.Run = (request, token) => request.Scenario.Id == "three" ? Task.FromResult(ScriptedReplayer.Of(TrialOutcome.Failed)) : run(request, token);

        (await bench.AskAsync<TrialsCompleted>(Paired)).Firing.ShouldBe(new ChangeFiring(1, 0, 2));
    }

    [Theory]
    [InlineData(TrialOutcome.TimedOut)]
    [InlineData(TrialOutcome.InfrastructureError)]
    public async Task Where_a_scenario_that_passes_does_not_while_it_is_watched_nothing_can_be_said(TrialOutcome watched)
    {
        await using var bench = await StartAsync(scenario => [5]);
        var run = bench.Replayer.Run;
        bench.Replayer.Run = (request, token) => request is { WithCoverage: true, Scenario.Id: "one" } ? Task.FromResult(ScriptedReplayer.Of(watched)) : run(request, token);

        (await bench.AskAsync<TrialsCompleted>(Paired)).Firing.ShouldBeNull();
        Probed(bench).ShouldContain("two", "it was looked on for another that runs the change");
    }

    [Fact]
    public async Task Nothing_is_looked_for_while_something_of_the_batch_fails()
    {
        await using var bench = await StartAsync(scenario => [1]);
        bench.Replayer.Run = (request, _) => Task.FromResult(ScriptedReplayer.Of(request.Scenario.Id == "one" ? TrialOutcome.Failed : TrialOutcome.Passed));

        (await bench.AskAsync<TrialsCompleted>(Paired)).Firing.ShouldBeNull();
        Probed(bench).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_looked_for_where_lines_are_not_collected()
    {
        await using var bench = await TrialsBench.StartAsync();
        bench.Patch = Prompt;

        (await bench.AskAsync<TrialsCompleted>(Paired)).Firing.ShouldBeNull();
        Probed(bench).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(OtherFile)]
    [InlineData(Removal)]
    public async Task A_change_that_can_be_seen_in_part_fires_when_that_part_runs(string unseen)
    {
        await using var bench = await StartAsync(scenario => scenario == "two" ? [1] : [5]);
        bench.Patch = Prompt + unseen;

        (await bench.AskAsync<TrialsCompleted>(Paired)).Firing.ShouldBe(new ChangeFiring(1, 1, 2));
    }

    [Theory]
    [InlineData(OtherFile)]
    [InlineData(Removal)]
    public async Task A_change_that_can_be_seen_in_part_is_never_said_not_to_fire_and_looked_for_in_the_batch_alone(string unseen)
    {
        await using var bench = await StartAsync(scenario => [5]);
        bench.Patch = Prompt + unseen;

        (await bench.AskAsync<TrialsCompleted>(Paired)).Firing.ShouldBeNull();
        Probed(bench).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task A_change_of_other_files_alone_cannot_be_seen_to_run_or_not()
    {
        await using var bench = await StartAsync(scenario => [1]);
        bench.Patch = OtherFile;

        (await bench.AskAsync<TrialsCompleted>(Paired)).Firing.ShouldBeNull();
        Probed(bench).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_baseline_has_no_change_to_look_for()
    {
        await using var bench = await StartAsync(scenario => [1]);

        (await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline())).Firing.ShouldBeNull();
    }

    /// <summary>Python whose lines are collected; each scenario passes and runs these lines of the candidate.</summary>
    private static async Task<TrialsBench> StartAsync(Func<string, ImmutableArray<int>> lines)
    {
        var bench = await TrialsBench.StartAsync(declaration => declaration with { Trial = declaration.Trial with { Coverage = "python" } });
        bench.Patch = Prompt;
        bench.Sources["main.py"] = "p = \"\"\"\none\nnew\n\"\"\"\nprint(1)\n";
        bench.Replayer.Run = (request, _) => Task.FromResult(ScriptedReplayer.Of(TrialOutcome.Passed) with
        {
            Coverage = request.WithCoverage ? ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty.Add("main.py", lines(request.Scenario.Id)) : ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty,
        });
        return bench;
    }

    private static IEnumerable<string> Probed(TrialsBench bench) => bench.Replayer.Requests.Where(request => request.WithCoverage).Select(request => request.Scenario.Id);
}
