using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>Stop, restart, broken stages and deadlines.</summary>
public sealed class SteeringTests(SagaBench bench) : StoryTest(bench)
{
    public static TheoryData<Phase> Working => [.. Enum.GetValues<Phase>().Where(phase => phase is > Phase.Initial and < Phase.AwaitingConsent)];

    [Theory]
    [MemberData(nameof(Working))]
    [InlineData(Phase.AwaitingConsent)]
    public async Task A_person_can_stop_it_anywhere_before_the_promotion(Phase phase) =>
        (await In(phase).When(Answers.Stop()).ThenAsync(Facts, new StopRequested("ann"), Endings.Stopped("ann"))).Phase.ShouldBe(Phase.Stopped);

    [Fact]
    public async Task A_promotion_cannot_be_stopped() => await In(Phase.Promoting).When(Answers.Stop()).ThenAsync(Facts);

    [Theory]
    [MemberData(nameof(Working))]
    public async Task A_restart_after_a_stop_asks_again_for_the_stage_that_ran(Phase phase)
    {
        var state = await In(phase).Given(Endings.Stopped("ann")).When(Answers.Restart()).ThenAsync(
            Facts, new EvolutionRestarted("ann"), Facts.Requested(StageOf(phase)));

        (state.Phase, state.Ending).ShouldBe((phase, null));
    }

    [Theory]
    [InlineData(Phase.Implementing)]
    [InlineData(Phase.Promoting)]
    public async Task A_restart_after_a_failure_asks_again_for_the_stage_that_broke(Phase phase) =>
        (await In(phase).When(Answers.Broke(StageOf(phase), transient: false), Answers.Restart()).ThenAsync(
            Facts, "evolution.stage-broken.v1", Ended, new EvolutionRestarted("ann"), Facts.Requested(StageOf(phase)))).Phase.ShouldBe(phase);

    [Fact]
    public async Task What_was_stopped_at_the_question_comes_back_to_the_question() =>
        (await In(Phase.AwaitingConsent).When(Answers.Stop(), Answers.Restart(), Answers.Proposed()).ThenAsync(
            Facts, new StopRequested("ann"), Ended, new EvolutionRestarted("ann"), Facts.Requested(Stage.Verdict), Facts.Proposed(),
            Facts.Spent(Stage.Verdict), Ruled, Facts.Asked())).Iterations.Length.ShouldBe(1);

    [Fact]
    public async Task What_runs_or_has_ended_well_is_not_restarted()
    {
        await In(Phase.Planning).When(Answers.Restart()).ThenAsync(Facts);
        var other = new Moss.Domain.Tests.Evolution.EvolutionFacts(Guid.NewGuid());
        await new Story(Bench).Given(other.UpTo(Phase.Planning)).Given(new EvolutionEnded(Verdict.Plateaued, "so", false, false))
            .When(new EvolutionAnswers(other).Restart()).ThenAsync(other);
    }

    [Fact]
    public async Task A_stage_that_breaks_for_a_passing_reason_is_asked_for_three_times_more()
    {
        var broken = new StageBroken(Facts.Key(Stage.Build), "no disk", true);
        var broke = Answers.Broke(Stage.Build, transient: true);

        var state = await In(Phase.Building).When(broke, broke, broke, broke).ThenAsync(
            Facts, broken, Facts.Requested(Stage.Build), broken, Facts.Requested(Stage.Build), broken, Facts.Requested(Stage.Build), broken, Ended);

        (state.Phase, state.Ending!.Reason).ShouldBe((Phase.Failed, "stage Build broke: no disk"));
    }

    [Fact]
    public async Task What_was_paid_before_a_stage_broke_is_counted()
    {
        var broke = Answers.Broke(Stage.Plan, transient: false) with { Spending = new("claude", 0.75m, 100, 10, 3, Model: "opus", Prompt: "1a2b") };

        var state = await In(Phase.Planning).When(broke).ThenAsync(
            Facts, new MoneySpent(Facts.Key(Stage.Plan), "claude", 0.75m, 100, 10, 3) { Model = "opus", Prompt = "1a2b" }, "evolution.stage-broken.v1", Ended);

        (state.Phase, state.Spent).ShouldBe((Phase.Failed, 0.75m));
    }

    [Theory]
    [MemberData(nameof(Working))]
    [InlineData(Phase.Promoting)]
    public async Task A_stage_that_breaks_for_good_fails_the_evolution(Phase phase) =>
        (await In(phase).When(Answers.Broke(StageOf(phase), transient: false)).ThenAsync(
            Facts, new StageBroken(Facts.Key(StageOf(phase)), "no disk", false), Ended)).Phase.ShouldBe(Phase.Failed);

    [Theory]
    [MemberData(nameof(Working))]
    public async Task A_stage_without_an_answer_in_time_fails_the_evolution(Phase phase)
    {
        var state = await In(phase).When(Answers.StageTimeout(StageOf(phase))).ThenAsync(Facts, Ended);

        (state.Phase, state.Ending!.Reason).ShouldBe((Phase.Failed, $"stage {StageOf(phase)} broke: it did not answer in time"));
    }

    [Fact]
    public async Task The_timeout_of_a_stage_that_has_answered_means_nothing() =>
        await In(Phase.Planning).When(Answers.StageTimeout(Stage.Locate), Answers.StageTimeout(Stage.Plan, 2)).ThenAsync(Facts);

    [Theory]
    [MemberData(nameof(Working))]
    public async Task The_wall_clock_concludes_it(Phase phase)
    {
        var state = await In(phase, Facts.Started(wallClock: TimeSpan.FromHours(1))).When(Answers.WallClock()).ThenAsync(
            Facts, new WallClockPassed(), Ended);

        (state.Phase, state.Ending!.Verdict).ShouldBe((Phase.Concluded, Verdict.BudgetExhausted));
    }

    [Theory]
    [InlineData(Phase.AwaitingConsent)]
    [InlineData(Phase.Promoting)]
    public async Task The_wall_clock_ends_no_question_and_no_promotion(Phase phase) =>
        await In(phase).When(Answers.WallClock(), Answers.StageTimeout(Stage.Promote)).ThenAsync(Facts);

    private static Stage StageOf(Phase phase) => Enum.GetValues<Stage>().Single(stage => Phases.Of(stage) == phase);
}
