using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>Rounds and iterations: what follows when an answer is a refusal.</summary>
public sealed class RefusalsTests(SagaBench bench) : StoryTest(bench)
{
    [Fact]
    public async Task A_rejected_plan_is_drafted_again() =>
        (await In(Phase.ReviewingPlan).When(Answers.PlanRejected()).ThenAsync(
            Facts, Facts.PlanRejected(), Facts.Spent(Stage.ReviewPlan), Facts.Requested(Stage.Plan, 1, 2))).Feedback.ShouldBe("another file is at fault");

    [Fact]
    public async Task A_reviewer_of_plans_that_fails_costs_a_round() =>
        await In(Phase.ReviewingPlan).When(Answers.RoleFailed(Stage.ReviewPlan)).ThenAsync(
            Facts, Facts.RoleFailed(Stage.ReviewPlan), Facts.Spent(Stage.ReviewPlan), Facts.Requested(Stage.Plan, 1, 2));

    [Fact]
    public async Task A_planner_that_fails_is_asked_again() =>
        (await In(Phase.Planning).When(Answers.RoleFailed(Stage.Plan)).ThenAsync(
            Facts, Facts.RoleFailed(Stage.Plan), Facts.Spent(Stage.Plan), Facts.Requested(Stage.Plan, 1, 2))).Phase.ShouldBe(Phase.Planning);

    [Fact]
    public async Task Without_rounds_left_the_next_iteration_begins()
    {
        var state = await In(Phase.Planning).When(Answers.RoleFailed(Stage.Plan), Answers.RoleFailed(Stage.Plan, 2)).ThenAsync(
            Facts, Facts.RoleFailed(Stage.Plan), Facts.Spent(Stage.Plan), Facts.Requested(Stage.Plan, 1, 2),
            Facts.RoleFailed(Stage.Plan, 2), Facts.Spent(Stage.Plan, 2), Ruled, Facts.Requested(Stage.Locate, 2));

        (state.Phase, state.Iteration).ShouldBe((Phase.Locating, 2));
    }

    [Fact]
    public async Task A_diagnosis_that_fails_costs_the_iteration() =>
        (await In(Phase.Locating).When(Answers.RoleFailed(Stage.Locate)).ThenAsync(
            Facts, Facts.RoleFailed(Stage.Locate), Facts.Spent(Stage.Locate), Ruled, Facts.Requested(Stage.Locate, 2))).Phase.ShouldBe(Phase.Locating);

    [Fact]
    public async Task A_diagnosis_that_fails_in_the_last_iteration_ends_it()
    {
        var state = await new Story(Bench)
            .Given(Facts.Started(), Facts.Requested(Stage.Baseline), Facts.Baseline(), Facts.Requested(Stage.Locate, 3))
            .When(new EvolutionAnswers(Facts).RoleFailed(Stage.Locate) with { Stage = new(Facts.Id, 3, "Locate", 1) })
            .ThenAsync(Facts, "evolution.role-failed.v1", "evolution.money-spent.v1", Ruled, Ended);

        state.Ending!.Verdict.ShouldBe(Verdict.BudgetExhausted);
    }

    [Fact]
    public async Task A_refused_change_is_written_again_when_the_depth_allows_it()
    {
        var state = await In(Phase.Implementing, Facts.Started(Depth.Standard)).When(Answers.Refused("TooLarge")).ThenAsync(
            Facts, Facts.Refused("TooLarge"), Facts.Spent(Stage.Implement), Facts.Requested(Stage.Implement, 1, 2));

        (state.Phase, state.Feedback).ShouldBe((Phase.Implementing, "nothing was changed"));
    }

    [Fact]
    public async Task A_refused_change_costs_the_iteration_when_the_depth_allows_no_other() =>
        await In(Phase.Implementing).When(Answers.Refused("TooLarge")).ThenAsync(
            Facts, Facts.Refused("TooLarge"), Facts.Spent(Stage.Implement), Ruled, Facts.Requested(Stage.Locate, 2));

    [Fact]
    public async Task An_agent_that_changes_nothing_ends_a_light_evolution() =>
        (await In(Phase.Implementing).When(Answers.Refused()).ThenAsync(Facts, Facts.Refused(), Facts.Spent(Stage.Implement), Ruled, Ended))
            .Ending!.Verdict.ShouldBe(Verdict.NoChange);

    [Fact]
    public async Task A_rejected_change_is_written_again_when_the_depth_allows_it() =>
        await In(Phase.ReviewingCode, Facts.Started(Depth.Standard)).When(Answers.ChangeRejected()).ThenAsync(
            Facts, Facts.ChangeRejected(), Facts.Spent(Stage.ReviewCode), Facts.Requested(Stage.Implement, 1, 2));

    [Fact]
    public async Task A_reviewer_of_code_that_fails_costs_a_round() =>
        await In(Phase.ReviewingCode).When(Answers.RoleFailed(Stage.ReviewCode)).ThenAsync(
            Facts, Facts.RoleFailed(Stage.ReviewCode), Facts.Spent(Stage.ReviewCode), Ruled, Facts.Requested(Stage.Locate, 2));

    [Fact]
    public async Task A_candidate_that_does_not_build_costs_the_iteration_and_the_attempt_is_kept()
    {
        var state = await In(Phase.Building).When(Answers.BuildRefused()).ThenAsync(Facts, Facts.BuildRefused(), Ruled, Facts.Requested(Stage.Locate, 2));

        state.Iterations.ShouldHaveSingleItem().Change.ShouldNotBeNull();
        state.Ruling!.Reason.ShouldBe("two tests fail");
    }

    [Fact]
    public async Task A_candidate_without_any_gain_ends_a_light_evolution() =>
        (await In(Phase.Trialing).When(Answers.Tried("---", "---"), Answers.Judged(), Answers.Proposed()).ThenAsync(
            Facts, Facts.Tried("---", "---"), Facts.Requested(Stage.Evaluate), Facts.Judged(), Facts.Requested(Stage.Verdict), Facts.Proposed(),
            Facts.Spent(Stage.Verdict), Ruled, Ended)).Ending!.Verdict.ShouldBe(Verdict.Plateaued);

    [Fact]
    public async Task A_candidate_that_does_harm_leads_to_the_next_iteration() =>
        (await In(Phase.Trialing).When(Answers.Tried(kept: "-+"), Answers.Judged(), Answers.Proposed()).ThenAsync(
            Facts, Facts.Tried(kept: "-+"), Facts.Requested(Stage.Evaluate), Facts.Judged(), Facts.Requested(Stage.Verdict), Facts.Proposed(),
            Facts.Spent(Stage.Verdict), Ruled, Facts.Requested(Stage.Locate, 2))).Ruling!.Verdict.ShouldBe(Verdict.Regressed);

    [Fact]
    public async Task Without_money_no_iteration_follows() =>
        (await In(Phase.Building, Facts.Started(dollars: 1m)).Given(Facts.Spent(Stage.Plan, dollars: 1m)).When(Answers.BuildRefused())
            .ThenAsync(Facts, Facts.BuildRefused(), Ruled, Ended)).Ending!.Verdict.ShouldBe(Verdict.BudgetExhausted);
}
