using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.ServiceDefaults.Stages;

namespace Moss.Services.Tests.Trials;

public sealed class TrialLooksTests
{
    private static readonly RunTrials Six = TrialsBench.Watched(2, new("one", "Batch", 6), new("three", "Corpus", 2));

    [Fact]
    public async Task A_candidate_that_may_still_converge_runs_the_whole_plan_each_trial_once()
    {
        await using var bench = await TrialsBench.StartAsync();
        bench.Replayer.Run = (request, _) => Task.FromResult(ScriptedReplayer.Of(
            request.Scenario.Id == "one" && TrialsBench.Tree(request).EndsWith(TrialsBench.Base, StringComparison.Ordinal) ? TrialOutcome.Failed : TrialOutcome.Passed));

        var answer = await bench.AskAsync<TrialsCompleted>(Six);

        answer.Trials.Select(trial => (trial.Scenario, trial.Arm, trial.Index)).ShouldBeUnique();
        answer.Trials.Count.ShouldBe((6 + 2) * 2);
        bench.Told<TrialFinished>().Select(told => told.Done).Order().ShouldBe(Enumerable.Range(1, 16));
    }

    [Fact]
    public async Task A_candidate_that_failed_a_scenario_of_the_batch_is_not_tried_any_further()
    {
        await using var bench = await TrialsBench.StartAsync();
        bench.Replayer.Run = (request, _) => Task.FromResult(ScriptedReplayer.Of(request.Scenario.Id == "one" ? TrialOutcome.Failed : TrialOutcome.Passed));

        var answer = await bench.AskAsync<TrialsCompleted>(Six);

        answer.Trials.Count.ShouldBe((2 + 2) * 2, "one step of everything");
    }

    [Fact]
    public async Task A_run_that_is_repeated_takes_the_same_looks()
    {
        await using var bench = await TrialsBench.StartAsync();
        bench.Replayer.Run = (request, _) => Task.FromResult(ScriptedReplayer.Of(request.Scenario.Id == "one" ? TrialOutcome.Failed : TrialOutcome.Passed));
        var first = await bench.AskAsync<TrialsCompleted>(Six);
        bench.Ledger.Forget(TrialsBench.Stage().Key()).ShouldBeTrue();

        var second = await bench.AskAsync<TrialsCompleted>(Six);

        second.ResultsArtifact.ShouldBe(first.ResultsArtifact);
        bench.Replayer.Requests.Count.ShouldBe(8);
    }
}
