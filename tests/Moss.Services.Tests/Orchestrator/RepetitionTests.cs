using Moss.Contracts.Orchestration;
using Moss.Domain.Evolution;
using EvolutionEnded = Moss.Domain.Evolution.EvolutionEnded;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>Messages come late, twice, or for evolutions that do not exist.</summary>
public sealed class RepetitionTests(SagaBench bench) : StoryTest(bench)
{
    public static TheoryData<Phase> Waiting => [.. Enum.GetValues<Phase>().Where(phase => phase is > Phase.Initial and < Phase.Promoted)];

    [Theory]
    [MemberData(nameof(Waiting))]
    public async Task A_second_start_changes_nothing(Phase phase) => await In(phase).When(Answers.Start()).ThenAsync(Facts);

    [Theory]
    [MemberData(nameof(Waiting))]
    public async Task An_answer_to_an_earlier_round_or_stage_is_late_and_changes_nothing(Phase phase)
    {
        var late = Answers.Everything().Where(message => message is not (StartEvolution or StopEvolution or RestartEvolution or DeadlinePassed or GiveConsent or SignConsent or RefuseConsent));

        await In(phase).Given(new StageRequested(Facts.Key(Facts.UpTo(phase).OfType<StageRequested>().Last().Key.Stage, 2, 7))).When(late)
            .ThenAsync(Facts);
    }

    [Fact]
    public async Task Whatever_comes_after_the_end_changes_nothing()
    {
        var anything = Answers.Everything().Where(message => message is not RestartEvolution);

        await In(Phase.Promoting).Given(new EvolutionEnded(Moss.Domain.Judgement.Verdict.Converged, "so", true, false)).When(anything).ThenAsync(Facts);
    }

    [Fact]
    public async Task Nothing_but_a_restart_wakes_what_was_stopped() =>
        await In(Phase.Planning).Given(Endings.Stopped("ann")).When(Answers.Everything().Where(message => message is not RestartEvolution)).ThenAsync(Facts);

    [Fact]
    public async Task A_message_for_an_evolution_that_does_not_exist_begins_nothing() =>
        (await new Story(Bench).When(Answers.Everything().Where(message => message is not StartEvolution)).ThenAsync(Facts))
            .ShouldBeSameAs(EvolutionState.Empty);

    [Fact]
    public async Task An_answer_that_is_delivered_twice_is_recorded_once() =>
        await In(Phase.Planning).WhenTwice(Answers.Drafted()).ThenAsync(Facts, Facts.Drafted(), Facts.Spent(Stage.Plan), Facts.Requested(Stage.ReviewPlan));

    [Fact]
    public async Task A_break_that_is_delivered_twice_is_one_break() =>
        (await In(Phase.Planning).WhenTwice(Answers.Broke(Stage.Plan, transient: true)).ThenAsync(
            Facts, new StageBroken(Facts.Key(Stage.Plan), "no disk", true), Facts.Requested(Stage.Plan))).Breaks.ShouldBe(1);

    [Fact]
    public async Task An_answer_that_two_workers_give_is_recorded_once() =>
        await In(Phase.Planning).When(Answers.Drafted(), Answers.Drafted()).ThenAsync(
            Facts, Facts.Drafted(), Facts.Spent(Stage.Plan), Facts.Requested(Stage.ReviewPlan));

    [Fact]
    public async Task A_stop_that_is_delivered_again_after_a_restart_stops_nothing()
    {
        var id = Guid.NewGuid();
        await Bench.GiveAsync(Facts.Id, Facts.UpTo(Phase.Planning));

        await Bench.SendAsync(Answers.Stop(), id);
        await Bench.SendAsync(Answers.Restart());
        await Bench.SendAsync(Answers.Stop(), id);

        (await Bench.Streams.LoadAsync(Facts.Id, CancellationToken.None))!.State.Phase.ShouldBe(Phase.Planning);
    }

    [Fact]
    public async Task A_start_that_is_delivered_twice_begins_one_evolution() =>
        await new Story(Bench).WhenTwice(Answers.Start()).ThenAsync(Facts, Facts.Started(), Facts.Requested(Stage.Baseline));
}
