using System.Collections.Immutable;
using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.ModelProxy;
using Moss.Substrates;

namespace Moss.Services.Tests.Trials;

/// <summary>Trials that reach a model: a socket and a purse each, and their cost in the answer.</summary>
public sealed class ModelTrialsTests
{
    [Fact]
    public async Task Each_trial_has_a_way_of_its_own_and_an_equal_share_of_the_money()
    {
        await using var bench = await StartAsync();

        await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new TrialRow("one", "Batch", 2)) with { DollarsLeft = 2m });

        bench.Models.Opened.Select(opened => (opened.Upstream, opened.Dollars)).ShouldBe(Enumerable.Repeat(("cheap", 0.5m), 4));
        bench.Models.Opened.Select(opened => opened.Socket).ShouldBeUnique();
        bench.Models.Disposed.ShouldBe(4);
        bench.Replayer.Requests.Select(request => request.Model!.SocketPath).ShouldBe(bench.Models.Opened.Select(opened => opened.Socket));
        bench.Replayer.Requests.First().Model!.Environment.ShouldBe(new Dictionary<string, string>
        {
            ["KEY"] = "a-token", ["MOSS_MODEL_BASE"] = "/v1", ["MOSS_MODEL_SOCKET"] = "/moss/model.sock", ["MOSS_MODEL_TOKEN"] = "a-token", ["PLACE"] = "/moss/model.sock",
        });
    }

    [Fact]
    public async Task A_share_is_one_of_all_trials_that_may_come_and_not_of_the_first_look()
    {
        await using var bench = await StartAsync();

        await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new TrialRow("one", "Batch", 4)) with { TrialsPerScenario = 1, Alpha = 0.05, DollarsLeft = 2m });

        bench.Models.Opened.ShouldNotBeEmpty();
        bench.Models.Opened.ShouldAllBe(opened => opened.Dollars == 0.25m);
    }

    [Fact]
    public async Task What_the_trials_paid_is_in_the_answer_of_their_stage()
    {
        await using var bench = await StartAsync();
        bench.Models.Spending = turn => new(0.01m * turn, 100, 10, 1, 0, false, false) { Model = turn == 2 ? "large" : "small" };

        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(trials: 1));

        answer.Spending.ShouldBe(new Spending("trials (cheap)", 0.06m, 300, 30, 0, Model: "large, small"));
        answer.Trials.Select(trial => trial.Spending!.Dollars).ShouldBe([0.01m, 0.02m, 0.03m]);
        answer.Trials.ShouldAllBe(trial => trial.Outcome == "Passed");
    }

    [Fact]
    public async Task A_trial_that_was_refused_a_call_counts_for_nothing_and_is_not_run_again()
    {
        await using var bench = await StartAsync();
        bench.Models.Spending = turn => ModelSpending.Nothing with { Refused = turn == 2 ? 1 : 0 };

        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(trials: 1));

        answer.Trials.Select(trial => trial.Outcome).ShouldBe(["Passed", "InfrastructureError", "Passed"]);
        answer.Trials[1].Note.ShouldContain("share of the money");
        answer.Spending!.Exhausted.ShouldBeTrue();
        bench.Replayer.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Trials_that_were_all_refused_are_answered_so_that_the_evolution_ends_for_want_of_money()
    {
        await using var bench = await StartAsync();
        bench.Models.Spending = _ => ModelSpending.Nothing with { Refused = 1 };

        (await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(trials: 1))).Spending!.Exhausted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_model_that_is_not_set_up_breaks_the_stage_with_what_to_set()
    {
        await using var bench = await StartAsync();
        bench.Models.Unavailable = "set Moss:Models:cheap";

        (await bench.AskAsync<StageBroke>(TrialsBench.Baseline(trials: 1))).Reason.ShouldContain("trial.model: set Moss:Models:cheap");
    }

    [Fact]
    public async Task Trials_without_a_model_have_no_way_to_one_and_pay_nothing()
    {
        await using var bench = await TrialsBench.StartAsync();

        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Baseline(trials: 1));

        answer.Spending.ShouldBeNull();
        bench.Models.Opened.ShouldBeEmpty();
        bench.Replayer.Requests.ShouldAllBe(request => request.Model == null);
    }

    private static Task<TrialsBench> StartAsync() => TrialsBench.StartAsync(declaration => declaration with
    {
        Trial = declaration.Trial with
        {
            Model = new("cheap") { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("KEY", ModelAccess.Token).Add("PLACE", ModelAccess.Socket) },
        },
    });
}
