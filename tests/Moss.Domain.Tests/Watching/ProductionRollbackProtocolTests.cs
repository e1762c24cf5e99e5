using Moss.Domain.Promotion;
using Moss.Domain.Tests.Promotion;
using Moss.Domain.Watching;

namespace Moss.Domain.Tests.Watching;

public sealed class ProductionRollbackProtocolTests
{
    private static readonly Instance Failing = new("new", Some.New, 8080);
    private static readonly InstanceProcess Process = new(7, 8, "boot");

    private static readonly ProductionRollbackDecided Decided =
        new(Some.Evolution, "desk", Failing, new Instance("back", Some.Old, 8080), Some.Terms, "too many failures", "watch", Some.At(0)) { Evidence = [Some.Evolution] };

    private static readonly PromotionState Committed = PromotionState.Of([new PromotionPlanned(Some.Plan(), Some.At(0)), new PromotionCommitted(Some.At(1))]);

    private static readonly PromotionState Opened = Open(Process);

    [Fact]
    public void First_the_promotions_journal_is_taken_up_in_the_other_direction() =>
        ProductionRollbackProtocol.Next(new(Decided), Committed, Some.At(2)).ShouldBe(new ProductionRollbackStep.Open());

    [Fact]
    public void Once_it_was_taken_up_it_is_gone_on_with() =>
        ProductionRollbackProtocol.Next(new(Decided), Opened, Some.At(2)).ShouldBe(new ProductionRollbackStep.Undo());

    [Fact]
    public void What_it_goes_on_with_is_the_way_back_alone()
    {
        PromotionProtocol.Next(Opened, new ObservedWorld(true, true, false, Some.At(3))).ShouldBe(new PromotionStep.StopCandidate(Failing));
        Opened.Candidate.Process.ShouldBe(Process);
        Open(null).Candidate.Process.ShouldBeNull();
    }

    [Fact]
    public void It_keeps_the_key_of_the_command_so_that_a_repeated_one_is_answered_with_the_rollback() => Opened.Plan!.Stage.ShouldBe(Some.Plan().Stage);

    [Fact]
    public void A_rollback_counts_as_begun_so_that_stopping_the_evolution_does_not_give_it_up() => Opened.Touched.ShouldBeTrue();

    [Fact]
    public void The_branch_follows_when_the_old_version_serves_and_the_end_is_recorded_last()
    {
        var undone = Opened.Apply(new PromotionUndone(Some.At(9)));
        var rollback = new ProductionRollback(Decided);

        ProductionRollbackProtocol.Next(rollback, undone, Some.At(10)).ShouldBe(new ProductionRollbackStep.RevertBranch());
        rollback = rollback.Apply(new BranchReverted(Some.Evolution, "moss/evolved", "c", Some.At(10)));
        var end = ProductionRollbackProtocol.Next(rollback, undone, Some.At(11)).ShouldBeOfType<ProductionRollbackStep.Record>().Event;
        (end.Commit, end.LastKnownGood, end.Reason, end.Trouble, end.Evidence.Length).ShouldBe((Some.New.Commit, Some.Old.Commit, "too many failures", null, 1));
        ProductionRollbackProtocol.Next(rollback.Apply(end), undone, Some.At(12)).ShouldBe(new ProductionRollbackStep.Finished());
    }

    [Fact]
    public void Neither_a_sick_old_version_nor_a_branch_that_does_not_move_keeps_it_from_its_end()
    {
        var left = Opened.Apply(new OperatorNeeded("the old one is sick too", Some.At(9)));
        var rollback = new ProductionRollback(Decided).Apply(new BranchNotReverted(Some.Evolution, "moss/evolved", "it holds other commits", Some.At(10)));

        ProductionRollbackProtocol.Next(rollback, left, Some.At(11)).ShouldBeOfType<ProductionRollbackStep.Record>().Event.Trouble
            .ShouldBe("the old one is sick too; it holds other commits");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_the_version_before_cannot_read_is_put_back_killed_anywhere(bool process)
    {
        var points = TakenBack(process).Run().Operations;
        points.ShouldBeGreaterThan(10);
        for (var point = 0; point <= points; point++)
        {
            var rollback = TakenBack(process).Run(point == 0 ? [] : [point]);

            rollback.State.Outcome.ShouldBe(PromotionOutcome.RolledBack);
            rollback.Running.ShouldHaveSingleItem($"killed at {point}").ShouldBe("back");
            rollback.Writers.ShouldBe("old back", $"killed at {point}");
        }
    }

    [Fact]
    public void What_it_can_read_stays_as_production_left_it()
    {
        var readable = PutBack with { Failing = Some.InPlace().Candidate };

        SimulatedPromotion.TakenBack(readable, Committed, Process).Run().Writers.ShouldBe("old new back");
    }

    [Fact]
    public void A_copy_of_another_versions_state_is_not_put_back() => (PutBack with { Fallback = Decided.Fallback }).PutsBack.ShouldBeEmpty();

    // The version before is a container that is known; the copies were taken of its state.
    private static ProductionRollbackDecided PutBack => Decided with
    {
        Failing = Some.InPlace().After(RehearsalFinding.Unreadable).Candidate,
        Fallback = Decided.Fallback with { Recipe = Some.InPlace().Previous!.Recipe },
    };

    private static SimulatedPromotion TakenBack(bool process) => SimulatedPromotion.TakenBack(PutBack, Committed, process ? Process : null);

    private static PromotionState Open(InstanceProcess? process) =>
        ProductionRollbackProtocol.Opening(Decided, Committed, process, Some.At(1)).Aggregate(Committed, (state, happened) => state.Apply(happened));
}
