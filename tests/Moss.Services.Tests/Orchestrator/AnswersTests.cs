using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>The way of an evolution when every answer is the good one, and when nothing is left to do.</summary>
public sealed class AnswersTests(SagaBench bench) : StoryTest(bench)
{
    [Fact]
    public async Task A_start_asks_for_the_baseline() =>
        (await new Story(Bench).When(Answers.Start(5m, 60)).ThenAsync(
            Facts, Facts.Started(dollars: 5m, wallClock: TimeSpan.FromMinutes(1)), Facts.Requested(Stage.Baseline))).Phase.ShouldBe(Phase.Baselining);

    [Fact]
    public async Task A_failing_baseline_leads_to_locating() =>
        (await In(Phase.Baselining).When(Answers.Baseline()).ThenAsync(Facts, Facts.Baseline(), Facts.Requested(Stage.Locate)))
            .Phase.ShouldBe(Phase.Locating);

    [Fact]
    public async Task A_baseline_without_failures_ends_before_anything_is_spent()
    {
        var state = await In(Phase.Baselining).When(Answers.Baseline("++", "++")).ThenAsync(Facts, Facts.Baseline("++", "++"), Ended);

        (state.Phase, state.Ending!.Verdict, state.Spent).ShouldBe((Phase.Concluded, Verdict.NotReproduced, 0m));
    }

    [Fact]
    public async Task A_diagnosis_leads_to_a_plan() =>
        await In(Phase.Locating).When(Answers.Located()).ThenAsync(
            Facts, Facts.Located(), Facts.Spent(Stage.Locate), Facts.Requested(Stage.Plan));

    [Fact]
    public async Task A_fault_of_the_environment_ends_it()
    {
        var state = await In(Phase.Locating).When(Answers.Located("Environment")).ThenAsync(
            Facts, Facts.Located(FailureClass.Environment), Facts.Spent(Stage.Locate), Ended);

        (state.Phase, state.Ending!.Verdict).ShouldBe((Phase.Concluded, Verdict.OutOfScope));
    }

    [Fact]
    public async Task A_plan_is_reviewed() =>
        await In(Phase.Planning).When(Answers.Drafted()).ThenAsync(Facts, Facts.Drafted(), Facts.Spent(Stage.Plan), Facts.Requested(Stage.ReviewPlan));

    [Fact]
    public async Task An_approved_plan_is_implemented() =>
        await In(Phase.ReviewingPlan).When(Answers.PlanApproved()).ThenAsync(
            Facts, Facts.PlanApproved(), Facts.Spent(Stage.ReviewPlan), Facts.Requested(Stage.Implement));

    [Fact]
    public async Task A_change_is_reviewed() =>
        await In(Phase.Implementing).When(Answers.Implemented()).ThenAsync(
            Facts, Facts.Committed(), Facts.Spent(Stage.Implement), Facts.Requested(Stage.ReviewCode));

    [Fact]
    public async Task An_approved_change_is_built() =>
        await In(Phase.ReviewingCode).When(Answers.ChangeApproved()).ThenAsync(
            Facts, Facts.ChangeApproved(), Facts.Spent(Stage.ReviewCode), Facts.Requested(Stage.Build));

    [Fact]
    public async Task A_built_candidate_is_tried() =>
        await In(Phase.Building).When(Answers.Built()).ThenAsync(Facts, Facts.Built(), Facts.Requested(Stage.Trial));

    [Fact]
    public async Task Trials_are_judged() =>
        await In(Phase.Trialing).When(Answers.Tried()).ThenAsync(Facts, Facts.Tried(), Facts.Requested(Stage.Evaluate));

    [Fact]
    public async Task Judged_trials_get_an_opinion() =>
        await In(Phase.Evaluating).When(Answers.Judged()).ThenAsync(Facts, Facts.Judged(), Facts.Requested(Stage.Verdict));

    [Fact]
    public async Task A_repair_is_offered_to_a_person()
    {
        var state = await In(Phase.Judging).When(Answers.Proposed()).ThenAsync(
            Facts, Facts.Proposed(), Facts.Spent(Stage.Verdict), Ruled, Facts.Asked());

        (state.Phase, state.Ruling!.Verdict).ShouldBe((Phase.AwaitingConsent, Verdict.Converged));
    }

    [Fact]
    public async Task An_opinion_that_fails_leaves_the_ruling_to_the_trials() =>
        (await In(Phase.Judging).When(Answers.RoleFailed(Stage.Verdict)).ThenAsync(
            Facts, Facts.RoleFailed(Stage.Verdict), Facts.Spent(Stage.Verdict), Ruled, Facts.Asked())).Phase.ShouldBe(Phase.AwaitingConsent);

    [Fact]
    public async Task An_opinion_that_lowers_the_ruling_leads_to_the_next_iteration() =>
        (await In(Phase.Judging).When(Answers.Proposed("NeedMoreWork")).ThenAsync(
            Facts, Facts.Proposed(Verdict.NeedMoreWork), Facts.Spent(Stage.Verdict), Ruled, Facts.Requested(Stage.Locate, 2))).Iteration.ShouldBe(2);

    [Fact]
    public async Task A_limit_ends_it() =>
        (await In(Phase.Judging).When(Answers.Proposed("FundamentalLimitModel")).ThenAsync(
            Facts, Facts.Proposed(Verdict.FundamentalLimitModel), Facts.Spent(Stage.Verdict), Ruled, Ended))
        .Ending!.Verdict.ShouldBe(Verdict.FundamentalLimitModel);

    [Fact]
    public async Task Without_money_for_an_opinion_the_trials_decide() =>
        await In(Phase.Evaluating, Facts.Started(dollars: 1m)).Given(Facts.Spent(Stage.Locate, dollars: 1m)).When(Answers.Judged())
            .ThenAsync(Facts, Facts.Judged(), Ruled, Facts.Asked());

    [Fact]
    public async Task Money_that_ran_out_ends_it_before_the_next_call()
    {
        var state = await In(Phase.Planning, Facts.Started(dollars: 0.25m)).When(Answers.Drafted()).ThenAsync(
            Facts, Facts.Drafted(), Facts.Spent(Stage.Plan), Ended);

        (state.Phase, state.Ending!.Verdict).ShouldBe((Phase.Concluded, Verdict.BudgetExhausted));
    }

    [Fact]
    public async Task A_call_that_was_refused_for_want_of_money_ends_it_however_little_was_left()
    {
        var failed = Answers.RoleFailed(Stage.Locate);

        var state = await In(Phase.Locating, Facts.Started(dollars: 1m)).When(failed with { Spending = failed.Spending with { Exhausted = true } }).ThenAsync(
            Facts, Facts.RoleFailed(Stage.Locate), Facts.Spent(Stage.Locate) with { Exhausted = true }, Ruled, Ended);

        (state.Phase, state.Ending!.Verdict).ShouldBe((Phase.Concluded, Verdict.BudgetExhausted));
        state.Spent.ShouldBeLessThan(1m);
    }

    [Fact]
    public async Task What_trials_paid_for_a_model_is_spent()
    {
        var state = await In(Phase.Trialing).When(Answers.Tried() with { Spending = new("trials (m)", 0.5m, 10, 20, 1.5) }).ThenAsync(
            Facts, "evolution.trials-completed.v1", "evolution.money-spent.v1", Facts.Requested(Stage.Evaluate));

        state.Spent.ShouldBe(0.5m);
    }

    [Fact]
    public async Task A_whole_evolution_by_messages_alone()
    {
        var state = await new Story(Bench)
            .When(
                Answers.Start(), Answers.Baseline(), Answers.Located(), Answers.Drafted(), Answers.PlanApproved(), Answers.Implemented(),
                Answers.ChangeApproved(), Answers.Built(), Answers.Tried(), Answers.Judged(), Answers.Proposed(), Answers.Consent(), Answers.Promoted())
            .ThenAsync(
                Facts, Facts.Started(), Facts.Requested(Stage.Baseline), Facts.Baseline(), Facts.Requested(Stage.Locate), Facts.Located(),
                Facts.Spent(Stage.Locate), Facts.Requested(Stage.Plan), Facts.Drafted(), Facts.Spent(Stage.Plan), Facts.Requested(Stage.ReviewPlan),
                Facts.PlanApproved(), Facts.Spent(Stage.ReviewPlan), Facts.Requested(Stage.Implement), Facts.Committed(), Facts.Spent(Stage.Implement),
                Facts.Requested(Stage.ReviewCode), Facts.ChangeApproved(), Facts.Spent(Stage.ReviewCode), Facts.Requested(Stage.Build), Facts.Built(),
                Facts.Requested(Stage.Trial), Facts.Tried(), Facts.Requested(Stage.Evaluate), Facts.Judged(), Facts.Requested(Stage.Verdict),
                Facts.Proposed(), Facts.Spent(Stage.Verdict), Ruled, Facts.Asked(), Facts.Consented(EvolutionAnswers.Now), Facts.Requested(Stage.Promote),
                "evolution.candidate-promoted.v1", Ended);

        (state.Phase, state.Spent).ShouldBe((Phase.Promoted, 1.5m));
    }
}
