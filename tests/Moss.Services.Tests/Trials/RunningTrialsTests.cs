using Moss.Contracts;
using Moss.Contracts.Orchestration;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.ServiceDefaults.Stages;

namespace Moss.Services.Tests.Trials;

public sealed class RunningTrialsTests
{
    [Fact]
    public async Task The_baseline_replays_the_batch_and_the_whole_corpus()
    {
        await using var bench = await TrialsBench.StartAsync();
        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline());

        answer.Stage.ShouldBe(TrialsBench.Stage("Baseline", 0));
        answer.Trials.Select(trial => $"{trial.Scenario} {trial.Suite} {trial.Arm} {trial.Index} {trial.Outcome} {trial.Score}").ShouldBe(
        [
            "one Batch Baseline 0 Passed 1", "three Corpus Baseline 0 Passed 1", "two Batch Baseline 0 Passed 1",
            "one Batch Baseline 1 Passed 1", "three Corpus Baseline 1 Passed 1", "two Batch Baseline 1 Passed 1",
        ]);
        bench.Replayer.Requests.ShouldAllBe(request => TrialsBench.Tree(request).EndsWith(TrialsBench.Base, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arms_are_interleaved_on_their_own_trees_with_the_same_seed()
    {
        await using var bench = await TrialsBench.StartAsync();
        await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new("one", "Batch", 2), new("three", "Corpus", 1)));

        bench.Replayed.ShouldBe(["one b", "one c", "three b", "three c", "one c", "one b"]);
        var requests = bench.Replayer.Requests.ToList();
        requests.Take(2).ShouldAllBe(request => request.Scenario.Seed == 1);
        requests[4].Scenario.Seed.ShouldBe(requests[5].Scenario.Seed);
        requests[4].Scenario.Seed.ShouldNotBe(1);
    }

    [Fact]
    public async Task Graders_come_from_the_base_commit_for_both_arms_and_are_hidden_in_both_trees()
    {
        await using var bench = await TrialsBench.StartAsync();
        await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new TrialRow("one", "Batch", 1)));
        bench.Replayer.Requests.Count.ShouldBe(2);
        bench.Replayer.Requests.ShouldAllBe(request =>
            request.GraderFolder.EndsWith($"{TrialsBench.Base}/scenarios", StringComparison.Ordinal) && request.Hidden.Single() == "scenarios");
    }

    [Fact]
    public async Task A_repeated_command_is_answered_from_the_ledger_without_new_trials()
    {
        await using var bench = await TrialsBench.StartAsync();
        var first = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline());
        var second = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline());

        bench.Replayer.Requests.Count.ShouldBe(6);
        second.ResultsArtifact.ShouldBe(first.ResultsArtifact);
        second.Seconds.ShouldBe(first.Seconds);
        second.Trials.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_run_that_is_repeated_goes_on_with_the_missing_trials_alone()
    {
        await using var bench = await TrialsBench.StartAsync();
        var left = 3;
        bench.Replayer.Run = (_, _) => left-- > 0
            ? Task.FromResult(ScriptedReplayer.Of(TrialOutcome.Failed, "first run"))
            : throw new InvalidOperationException("the machine went away");
        var broken = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline());
        broken.Trials.Skip(3).ShouldAllBe(trial => trial.Outcome == "InfrastructureError" && trial.Note == "the machine went away");

        bench.Ledger.Forget(TrialsBench.Stage("Baseline", 0).Key()).ShouldBeTrue();
        bench.Replayer.Requests.Clear();
        bench.Replayer.Run = (_, _) => Task.FromResult(ScriptedReplayer.Of(TrialOutcome.Passed));
        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline());

        bench.Replayed.ShouldBe(["one b", "three b", "two b"]);
        answer.Trials.Select(trial => trial.Note).ShouldBe(["first run", "first run", "first run", "", "", ""]);
    }

    [Fact]
    public async Task A_trial_that_was_handed_out_twice_runs_once()
    {
        await using var bench = await TrialsBench.StartAsync();
        await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(1));

        await bench.AskAgainAsync(new RunTrial(TrialsBench.Stage("Baseline", 0), TrialsBench.Subject(), null, "one", "Batch", "Baseline", 0, 0));

        bench.Replayer.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_notice_that_was_lost_costs_no_trial()
    {
        await using var bench = await TrialsBench.StartAsync(heard: false);
        var asking = bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(1));
        await bench.RunAsync(3);
        await bench.Clock.TimersWaitingAsync(3).WaitAsync(TimeSpan.FromSeconds(30));
        bench.Clock.Advance(TimeSpan.FromSeconds(6));

        (await asking).Trials.Count.ShouldBe(3);
        bench.Replayer.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Reports_name_the_runner()
    {
        await using var bench = await TrialsBench.StartAsync();
        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(1));

        answer.Trials.ShouldAllBe(trial => trial.Runner == "runner-1");
    }

    [Fact]
    public async Task A_run_that_was_killed_before_its_answer_was_kept_repeats_no_trial()
    {
        await using var bench = await TrialsBench.StartAsync();
        var first = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(1));
        await bench.IdleAsync();
        bench.Ledger.Forget(TrialsBench.Stage("Baseline", 0).Key()).ShouldBeTrue();
        var second = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(1));

        bench.Replayer.Requests.Count.ShouldBe(3);
        second.ResultsArtifact.ShouldBe(first.ResultsArtifact);
    }

    [Fact]
    public async Task Every_trial_is_kept_under_its_own_key()
    {
        await using var bench = await TrialsBench.StartAsync();
        await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new TrialRow("one", "Batch", 1)));
        bench.Ledger.Keys.ShouldBe(
        [
            "11111111111111111111111111111111.i1.trial.r1",
            "11111111111111111111111111111111.i1.trial.r1.one.baseline.0",
            "11111111111111111111111111111111.i1.trial.r1.one.candidate.0",
        ]);
    }

    [Fact]
    public async Task A_trial_that_could_not_be_run_is_tried_again()
    {
        await using var bench = await TrialsBench.StartAsync();
        var failures = 3;
        bench.Replayer.Run = (_, _) => Task.FromResult(failures-- > 0
            ? ScriptedReplayer.Of(TrialOutcome.InfrastructureError, "no memory")
            : ScriptedReplayer.Of(TrialOutcome.Passed));
        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new TrialRow("one", "Batch", 1)));

        bench.Replayed.ShouldBe(["one b", "one b", "one b", "one b", "one c"]);
        answer.Trials.Select(trial => trial.Outcome).ShouldBe(["Passed", "Passed"]);
    }

    [Fact]
    public async Task A_trial_that_cannot_be_run_is_reported_and_may_be_tried_again()
    {
        await using var bench = await TrialsBench.StartAsync();
        bench.Replayer.Run = (request, _) => Task.FromResult(request.Scenario.Id == "one"
            ? ScriptedReplayer.Of(TrialOutcome.InfrastructureError, "no memory")
            : ScriptedReplayer.Of(TrialOutcome.Passed));
        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new("one", "Batch", 1), new("two", "Batch", 1)));

        answer.Trials.Select(trial => $"{trial.Scenario} {trial.Outcome}").ShouldBe(
            ["one InfrastructureError", "one InfrastructureError", "two Passed", "two Passed"]);
        bench.Replayer.Requests.Count(request => request.Scenario.Id == "one").ShouldBe(8);
        bench.Ledger.Keys.Where(key => key.Contains(".one.", StringComparison.Ordinal)).ShouldAllBe(key => key.EndsWith(".spoiled0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_no_trial_could_be_run_the_stage_broke()
    {
        await using var bench = await TrialsBench.StartAsync();
        bench.Replayer.Run = (_, _) => Task.FromResult(ScriptedReplayer.Of(TrialOutcome.InfrastructureError, "no bubblewrap"));
        var broke = await bench.AskAsync<StageBroke>(TrialsBench.Baseline(1));
        broke.ShouldBe(new StageBroke(TrialsBench.Stage("Baseline", 0), "no trial could be run: no bubblewrap", Transient: true));
    }

    [Fact]
    public async Task A_batch_that_names_a_scenario_which_is_not_committed_says_so()
    {
        await using var bench = await TrialsBench.StartAsync();
        var broke = await bench.AskAsync<StageBroke>(TrialsBench.Baseline() with { Subject = TrialsBench.Subject("one", "four") });
        broke.Reason.ShouldBe($"scenarios/four.json is not in commit {TrialsBench.Base}; commit the scenario before a batch names it");
        broke.Transient.ShouldBeFalse();
        bench.Replayer.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Traces_and_results_are_artifacts()
    {
        await using var bench = await TrialsBench.StartAsync();
        bench.Replayer.Run = (_, _) => Task.FromResult(ScriptedReplayer.Of(TrialOutcome.Failed, "k: wrong"));
        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new TrialRow("two", "Batch", 1)));

        var trace = await bench.JsonOfAsync(answer.Trials[1].TraceArtifact);
        (trace.GetProperty("scenario").GetString(), trace.GetProperty("arm").GetString(), trace.GetProperty("seed").GetInt32()).ShouldBe(("two", "Candidate", 2));
        trace.GetProperty("left").GetProperty("transcript").GetString().ShouldBe("talk");
        var results = await bench.JsonOfAsync(answer.ResultsArtifact);
        results.GetProperty("candidateCommit").GetString().ShouldBe(TrialsBench.Candidate);
        results.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("outcome").GetString()).ShouldBe(["Failed", "Failed"]);
        answer.Trials[0].Keypoints.ShouldHaveSingleItem().ShouldBe(new KeypointScore("k", 0, "k: wrong"));
    }

    [Fact]
    public async Task The_end_of_each_trial_is_told()
    {
        await using var bench = await TrialsBench.StartAsync();
        await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(1));
        var told = bench.Told<TrialFinished>().ToList();
        told.Select(trial => $"{trial.Scenario} {trial.Suite} {trial.Arm} {trial.Outcome}").Order().ShouldBe(
            ["one Batch Baseline Passed", "three Corpus Baseline Passed", "two Batch Baseline Passed"]);
        told.Select(trial => $"{trial.Done}/{trial.Total}").Order().ShouldBe(["1/3", "2/3", "3/3"]);
    }

    [Fact]
    public async Task A_stopped_evolution_ends_its_trials_and_answers_nothing()
    {
        await using var bench = await TrialsBench.StartAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Replayer.Run = async (_, token) =>
        {
            begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }
            finally
            {
                ended.TrySetResult();
            }

            return ScriptedReplayer.Of(TrialOutcome.Passed);
        };
        await bench.Harness.Bus.Publish(TrialsBench.Baseline());
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await bench.Harness.Bus.Publish(new CancelWork(TrialsBench.Stage().EvolutionId, "stopped"));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await bench.StopAsync();

        bench.Told<TrialsCompleted>().ShouldBeEmpty();
        bench.Told<StageBroke>().ShouldBeEmpty();
        bench.Ledger.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task Judging_passes_the_results_on()
    {
        await using var bench = await TrialsBench.StartAsync();
        var trials = await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new TrialRow("one", "Batch", 1)));
        var answer = await bench.AskAsync<TrialsJudged>(new JudgeTrials(TrialsBench.Stage("Evaluate"), TrialsBench.Subject(), trials.ResultsArtifact));
        answer.ShouldBe(new TrialsJudged(TrialsBench.Stage("Evaluate"), trials.ResultsArtifact, 0));
    }

    [Fact]
    public async Task Results_that_are_gone_break_the_stage_that_judges_them()
    {
        await using var bench = await TrialsBench.StartAsync();
        (await bench.AskAsync<StageBroke>(new JudgeTrials(TrialsBench.Stage("Evaluate"), TrialsBench.Subject(), "abc"))).Reason.ShouldContain("not in the artifact store");
    }
}
