using Moss.Contracts.Implementation;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Tests.Evolution;
using Moss.Orchestrator.Dispatching;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>Another evolution of the substrate was promoted first.</summary>
public sealed class OvertakenTests(SagaBench bench) : StoryTest(bench)
{
    [Fact]
    public async Task A_candidate_that_would_undo_what_serves_is_moved_onto_it()
    {
        var state = await In(Phase.Promoting).When(Answers.Overtaken()).ThenAsync(Facts, Facts.Overtaken(), Facts.Requested(Stage.Rebase));

        state.Phase.ShouldBe(Phase.Rebasing);
        var command = Commands.For(state).ShouldBeOfType<RebaseChange>();
        (command.Commit, command.Subject.BaseCommit).ShouldBe((EvolutionFacts.Repair.Commit, EvolutionFacts.Overtaker));
    }

    [Fact]
    public async Task A_moved_change_begins_with_a_look_at_its_new_base() =>
        (await In(Phase.Rebasing).When(Answers.Rebased()).ThenAsync(Facts, Facts.Rebased(), new StageRequested(Facts.SecondBaseline)))
            .Phase.ShouldBe(Phase.Baselining);

    [Fact]
    public async Task What_still_fails_there_is_tried_with_the_moved_change_and_nobody_writes_it_again() =>
        (await Moved().When(Answers.SecondBaseline()).ThenAsync(
            Facts, Facts.Baseline() with { Key = Facts.SecondBaseline }, Facts.Requested(Stage.Build, round: 2))).Phase.ShouldBe(Phase.Building);

    [Fact]
    public async Task What_the_other_repaired_as_well_needs_no_second_repair()
    {
        var state = await Moved().When(Answers.SecondBaseline("++", "++")).ThenAsync(
            Facts, Facts.Baseline("++", "++") with { Key = Facts.SecondBaseline }, Ended);

        (state.Phase, state.Ending!.Verdict).ShouldBe((Phase.Concluded, Verdict.NotReproduced));
        state.Ending.Reason.ShouldContain(EvolutionFacts.Overtaker[..8]);
    }

    [Fact]
    public async Task A_change_that_cannot_be_moved_costs_its_iteration_and_the_next_begins_on_what_serves()
    {
        var state = await In(Phase.Rebasing).When(Answers.RebaseRefused(), Answers.SecondBaseline()).ThenAsync(
            Facts,
            Facts.RebaseRefused(), Ruled, new StageRequested(Facts.SecondBaseline),
            Facts.Baseline() with { Key = Facts.SecondBaseline }, Facts.Requested(Stage.Locate, 2));

        (state.Phase, state.Base, state.Iterations[^1].Ruling.Verdict).ShouldBe((Phase.Locating, EvolutionFacts.Overtaker, Verdict.NeedMoreWork));
        state.Iterations[^1].Ruling.Reason.ShouldBe("both change agent.py");
    }

    [Fact]
    public async Task It_can_be_stopped_while_its_change_is_moved_and_goes_on_there()
    {
        await In(Phase.Rebasing).When(Answers.Stop(), Answers.Restart()).ThenAsync(
            Facts, "evolution.stop-requested.v1", Ended, "evolution.restarted.v1", Facts.Requested(Stage.Rebase));
    }

    private Story Moved() => In(Phase.Rebasing).Given(Facts.Rebased(), new StageRequested(Facts.SecondBaseline));
}
