using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.Replays;
using Moss.Replays.Judging;
using Moss.Trials.Judging;

namespace Moss.Services.Tests.Trials;

/// <summary>Stages of a substrate whose keypoints a model judges: what is measured when, what it costs, and what counts.</summary>
public sealed class JudgedTrialsTests
{
    private static readonly Grader.Judge Grader = new("tone", "Is it polite?",
        [new("a good one", true), new("good two", true), new("good three", true), new("bad one", false), new("bad two", false), new("bad three", false)]);

    /// <summary>Six labels, and an order in each that does not hold, of five votes each.</summary>
    private const int Votes = 9 * 5;

    [Fact]
    public async Task Every_judge_is_measured_at_baseline_before_anything_is_replayed()
    {
        await using var bench = await StartAsync("one", "three");

        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(trials: 1));

        answer.Judges!.Select(judge => (judge.Scenario, judge.Keypoint, judge.Votes, judge.Labels.Count)).ShouldBe([("one", "tone", 5, 9), ("three", "tone", 5, 9)]);
        answer.Judges![0].Labels.Select(label => (label.Expected, label.HasOrder, label.Holds)).ShouldBe(
        [
            (true, false, 5), (true, false, 5), (true, false, 5), (false, false, 0), (false, false, 0), (false, false, 0), (false, true, 0), (false, true, 0), (false, true, 0),
        ]);
        answer.Spending!.Agent.ShouldBe("judge (stub)");
        answer.Spending.Dollars.ShouldBe(2 * Votes * ScriptedJudges.Price);
        answer.Trials.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Nothing_is_measured_twice_in_an_evolution_and_every_kept_vote_is_still_told_with_its_cost()
    {
        await using var bench = await StartAsync("one");
        await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(trials: 1));
        bench.Judges.Asked.Clear();

        var again = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(trials: 1) with { Stage = TrialsBench.Stage("Baseline", 1) });

        bench.Judges.Asked.ShouldBeEmpty();
        again.Judges!.ShouldHaveSingleItem();
        again.Spending!.Dollars.ShouldBe(Votes * ScriptedJudges.Price);
    }

    [Fact]
    public async Task A_stage_that_broke_goes_on_with_the_texts_that_are_missing()
    {
        await using var bench = await StartAsync("one");
        bench.Judges.Answer = (question, _) => question.Text == "bad two" ? new JudgeReply.Unavailable("it is away") : Good(question);
        (await bench.AskAsync<StageBroke>(TrialsBench.Baseline(trials: 1))).Reason.ShouldBe("the judge of keypoint 'tone' of scenario 'one' could not be asked: it is away");
        await bench.IdleAsync();
        var kept = bench.Judges.Asked.GroupBy(asked => asked.Text).Where(text => text.Count() == 5).Select(text => text.Key).ToList();
        bench.Judges.Asked.Clear();
        bench.Judges.Answer = (question, _) => Good(question);

        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(trials: 1));

        kept.ShouldNotBeEmpty();
        bench.Judges.Asked.Select(asked => asked.Text).Distinct().Intersect(kept).ShouldBeEmpty();
        answer.Judges![0].Labels.ShouldAllBe(label => label.Holds + label.DoesNot == 5);
    }

    [Fact]
    public async Task A_batch_whose_judge_throws_a_coin_is_not_replayed_at_all()
    {
        await using var bench = await StartAsync("one");
        bench.Judges.Answer = Coin(seed: 5);

        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline());

        answer.Trials.ShouldBeEmpty();
        answer.Judges!.ShouldHaveSingleItem();
        bench.Replayer.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_held_out_scenario_whose_judge_is_refused_is_not_replayed()
    {
        await using var bench = await StartAsync("three");
        bench.Judges.Answer = Coin(seed: 6);

        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(trials: 1));

        answer.Trials.Select(trial => trial.Scenario).ShouldBe(["one", "two"]);
        answer.Judges!.ShouldHaveSingleItem().Scenario.ShouldBe("three");
    }

    [Fact]
    public async Task A_judge_that_the_money_does_not_suffice_for_is_not_refused_but_told_of()
    {
        await using var bench = await StartAsync("one");
        bench.Judges.Answer = (_, _) => new JudgeReply.Unavailable("too dear", ForWantOfMoney: true);

        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline() with { DollarsLeft = 1 });

        answer.Spending!.Exhausted.ShouldBeTrue();
        answer.Judges.ShouldBeNull();
        answer.Trials.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_text_may_cost_its_share_and_the_trials_what_is_left()
    {
        await using var bench = await StartAsync("one");
        bench.Replayer.Run = VoteAsync;

        await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(trials: 1) with { DollarsLeft = 9 });

        bench.Judges.Opened.Where(opened => opened.Job.Contains(".judge.one.", StringComparison.Ordinal)).Select(opened => opened.Dollars).ShouldBe(Enumerable.Repeat(1m, 9));
        bench.Judges.Opened.Single(opened => opened.Job.EndsWith(".judge", StringComparison.Ordinal)).Dollars.ShouldBe((9 - (Votes * ScriptedJudges.Price)) / 3);
    }

    [Fact]
    public async Task Votes_and_their_cost_are_in_the_report_of_the_trial_and_counted_by_the_stage_that_judges()
    {
        await using var bench = await StartAsync("one");
        bench.Replayer.Run = VoteAsync;

        var trials = await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new TrialRow("one", "Batch", 2), new TrialRow("two", "Batch", 2)));
        var judged = await bench.AskAsync<TrialsJudged>(new JudgeTrials(TrialsBench.Stage("Evaluate"), TrialsBench.Subject(), trials.ResultsArtifact));

        trials.Trials.Where(trial => trial.Scenario == "one").ShouldAllBe(trial => trial.Judged!.Single() == new Contracts.Trials.JudgedKeypoint("tone", 5, 0, 0));
        trials.Trials.Where(trial => trial.Scenario == "two").ShouldAllBe(trial => trial.Judged == null);
        trials.Spending!.Dollars.ShouldBe(4 * 5 * ScriptedJudges.Price);
        judged.JudgedByModel.ShouldBe(4);
        (await bench.JsonOfAsync(trials.Trials[0].TraceArtifact)).GetProperty("judged")[0].GetProperty("ballot").GetProperty("holds").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task A_trial_that_nobody_could_judge_is_not_voted_on_again()
    {
        await using var bench = await StartAsync("one");
        bench.Judges.Answer = (_, _) => new JudgeReply.Unusable("perhaps");
        bench.Replayer.Run = VoteAsync;

        var trials = await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new TrialRow("one", "Batch", 1), new TrialRow("two", "Batch", 1)));

        trials.Trials.Select(trial => trial.Outcome).ShouldBe(["InfrastructureError", "InfrastructureError", "Passed", "Passed"], ignoreOrder: true);
        bench.Replayer.Requests.Count(request => request.Scenario.Id == "one").ShouldBe(2);
    }

    [Fact]
    public void A_candidate_that_confuses_its_judge_once_is_as_if_it_had_not_been_tried_there()
    {
        TrialReport[] reports = [Report("one", "Candidate", 0, 5), Report("one", "Candidate", 1, 2), Report("one", "Baseline", 0, 5), Report("one", "Baseline", 1, 2), Report("two", "Candidate", 0, 5)];

        var left = UndecidedTrials.Void(reports);

        left.Select(report => report.Outcome).ShouldBe(["InfrastructureError", "InfrastructureError", "Passed", "InfrastructureError", "Passed"]);
        left[0].Note.ShouldContain("none of them counts");
        UndecidedTrials.Decided(left).ShouldBe(2);
        VerdictPolicy.Rule(new([.. left.Select(Result)], 0.05, 0, 1, null)).Fixed.StillFailing.ShouldBe(["one"]);
    }

    private static TrialReport Report(string scenario, string arm, int index, int holds) => new(
        scenario, "Batch", arm, index, holds > 2 ? "Passed" : "InfrastructureError", holds > 2 ? 1 : 0, [], "", "", Judged: [new("tone", holds, 0, 5 - holds)]);

    private static TrialResult Result(TrialReport report) => new(
        report.Scenario, Suite.Batch, Enum.Parse<Arm>(report.Arm), report.Index, Enum.Parse<TrialOutcome>(report.Outcome), report.Score, []);

    /// <summary>Grades as the real replayer does, on an answer that is good.</summary>
    private static async Task<Replay> VoteAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        if (request.Judge is not { } panel)
        {
            return ScriptedReplayer.Of(TrialOutcome.Passed);
        }

        var vote = await panel.VoteAsync(new(Grader.Question, "a good answer"), cancellationToken);
        return ScriptedReplayer.Of(vote.Ballot.Majority is true ? TrialOutcome.Passed : TrialOutcome.InfrastructureError) with { Judged = [new("tone", vote.Ballot)] };
    }

    private static JudgeReply Good(JudgeQuestion question) => new JudgeReply.Said(question.Text.Contains("good", StringComparison.Ordinal));

    private static Func<JudgeQuestion, int, JudgeReply> Coin(int seed)
    {
        var random = new Random(seed);
        return (_, _) =>
        {
            lock (random)
            {
                return new JudgeReply.Said(random.Next(2) == 0);
            }
        };
    }

    private static async Task<TrialsBench> StartAsync(params string[] judged)
    {
        var bench = await TrialsBench.StartAsync(declaration => declaration with { Judge = new(new("stub", "m")) });
        bench.Judges.Answer = (question, _) => Good(question);
        foreach (var scenario in judged)
        {
            bench.Graders[scenario] = Grader;
        }

        return bench;
    }
}
