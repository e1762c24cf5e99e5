using Moss.Domain.Promotion;

namespace Moss.Domain.Tests.Promotion;

/// <summary>Moss is killed at every point of every kind of promotion; whoever takes the journal up ends with one healthy instance.</summary>
public sealed class CrashPointTests
{
    public static TheoryData<string, PromotionOutcome> Behaviours => new()
    {
        { nameof(Behaviour.Healthy), PromotionOutcome.Committed },
        { nameof(Behaviour.HealthyAfterTwoRounds), PromotionOutcome.Committed },
        { nameof(Behaviour.NeverHealthy), PromotionOutcome.RolledBack },
        { nameof(Behaviour.DiesAtOnce), PromotionOutcome.RolledBack },
        { nameof(Behaviour.DiesAfterTwoRounds), PromotionOutcome.RolledBack },
        { nameof(Behaviour.CannotBeStarted), PromotionOutcome.RolledBack },
    };

    [Theory]
    [MemberData(nameof(Behaviours))]
    public void Undisturbed_it_ends_as_it_should(string behaviour, PromotionOutcome outcome) =>
        Check(Promote(behaviour), outcome);

    [Theory]
    [MemberData(nameof(Behaviours))]
    public void Killed_once_anywhere_it_ends_in_the_same_way(string behaviour, PromotionOutcome outcome)
    {
        for (var point = 1; point <= Promote(behaviour).Operations; point++)
        {
            Check(Promote(behaviour, point), outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Behaviours))]
    public void Killed_twice_anywhere_it_ends_in_the_same_way(string behaviour, PromotionOutcome outcome)
    {
        var points = Promote(behaviour).Operations;
        for (var first = 1; first <= points; first++)
        {
            for (var second = first + 1; second <= points + 8; second++)
            {
                Check(Promote(behaviour, first, second), outcome);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Behaviours))]
    public void In_the_place_of_another_one_killed_twice_anywhere_it_ends_so_with_the_state_of_whoever_serves(string behaviour, PromotionOutcome outcome)
    {
        var points = InPlace(behaviour).Operations;
        for (var first = 1; first <= points; first++)
        {
            for (var second = first + 1; second <= points + 8; second++)
            {
                CheckInPlace(InPlace(behaviour, first, second), outcome);
            }
        }
    }

    [Fact]
    public void Every_event_is_recorded_at_most_once_where_once_is_meant()
    {
        var journal = Promote(nameof(Behaviour.NeverHealthy)).Journal;

        Type[] once = [typeof(PreviousStopRequested), typeof(PreviousStopped), typeof(RollbackDecided), typeof(CandidateStopped), typeof(PromotionUndone)];
        foreach (var type in once)
        {
            journal.Count(happened => happened.GetType() == type).ShouldBe(1, type.Name);
        }
    }

    private static SimulatedPromotion Promote(string behaviour, params int[] killedAt) =>
        new SimulatedPromotion(Enum.Parse<Behaviour>(behaviour), Some.Plan()).Run(killedAt);

    private static SimulatedPromotion InPlace(string behaviour, params int[] killedAt) =>
        new SimulatedPromotion(Enum.Parse<Behaviour>(behaviour), Some.InPlace()).Run(killedAt);

    private static void CheckInPlace(SimulatedPromotion promotion, PromotionOutcome outcome)
    {
        var survivor = outcome == PromotionOutcome.Committed ? "new" : "old";
        promotion.State.Outcome.ShouldBe(outcome);
        promotion.Running.ShouldBe([survivor]);
        promotion.Serving.ShouldBe(survivor);
        promotion.Writers.ShouldBe(outcome == PromotionOutcome.Committed ? "old new" : "old");
    }

    private static void Check(SimulatedPromotion promotion, PromotionOutcome outcome)
    {
        var survivor = outcome == PromotionOutcome.Committed ? "new" : "again";
        promotion.State.Outcome.ShouldBe(outcome);
        promotion.Running.ShouldBe([survivor]);
        promotion.Serving.ShouldBe(survivor);
        promotion.Branch.ShouldBe(outcome == PromotionOutcome.Committed ? Some.New.Commit : "");
    }
}
