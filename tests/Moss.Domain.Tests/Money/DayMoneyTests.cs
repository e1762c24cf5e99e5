using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Money;
using Moss.Domain.Tests.Evolution;

namespace Moss.Domain.Tests.Money;

public sealed class DayMoneyTests
{
    private static readonly Guid Ann = Guid.Parse("0198c0de-0000-7000-8000-00000000000a");
    private static readonly Guid Ben = Guid.Parse("0198c0de-0000-7000-8000-00000000000b");
    private static readonly EvolutionEnded Over = new(Verdict.NotReproduced, "so", false, false);

    private readonly Dictionary<Guid, EvolutionState> states = [];

    [Fact]
    public void An_untouched_day_grants_what_is_wanted() => DayMoney.Untouched.Grant(10, 4, states).ShouldBe(4);

    [Fact]
    public void Without_a_wish_all_that_is_left_is_granted() => After(new MoneyReserved(Ann, 7)).Grant(10, null, states).ShouldBe(3);

    [Fact]
    public void More_than_is_left_is_never_granted() => After(new MoneyReserved(Ann, 7)).Grant(10, 4, states).ShouldBe(3);

    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    public void A_day_that_is_used_up_grants_nothing(int reserved) => After(new MoneyReserved(Ann, reserved)).Grant(10, 4, states).ShouldBe(0);

    [Fact]
    public void An_evolution_that_runs_holds_all_that_it_may_spend()
    {
        states[Ann] = StateOf(Ann, dollars: 1);

        After(new MoneyReserved(Ann, 7)).Grant(10, 4, states).ShouldBe(3);
    }

    [Fact]
    public void An_evolution_that_has_ended_holds_what_it_has_spent()
    {
        states[Ann] = StateOf(Ann, dollars: 1, Over);

        After(new MoneyReserved(Ann, 7)).Grant(10, null, states).ShouldBe(9);
    }

    [Fact]
    public void One_that_was_restarted_holds_all_again()
    {
        states[Ann] = StateOf(Ann, dollars: 1, Over, new EvolutionRestarted("ann"));

        After(new MoneyReserved(Ann, 7)).Grant(10, null, states).ShouldBe(3);
    }

    [Fact]
    public void One_that_did_not_start_holds_nothing() =>
        After(new MoneyReserved(Ann, 7), new MoneyReserved(Ben, 2), new MoneyReleased(Ann)).Grant(10, null, states).ShouldBe(8);

    [Fact]
    public void Whatever_is_granted_and_spent_the_ceiling_holds()
    {
        var chance = new Random(7);
        for (var day = 0; day < 200; day++)
        {
            var (money, ceiling, spent) = (DayMoney.Untouched, (decimal)chance.Next(1, 50), 0m);
            states.Clear();
            for (var start = 0; start < 12; start++)
            {
                var evolution = new Guid(day, (short)start, 0, new byte[8]);
                var granted = money.Grant(ceiling, chance.Next(3) == 0 ? null : chance.Next(1, 20), states);
                granted.ShouldBeInRange(0, ceiling);
                money = money.Apply(new MoneyReserved(evolution, granted));
                var cost = granted * chance.Next(0, 101) / 100;
                spent += cost;
                states[evolution] = chance.Next(2) == 0 ? StateOf(evolution, cost) : StateOf(evolution, cost, Over);
            }

            spent.ShouldBeLessThanOrEqualTo(ceiling);
        }
    }

    private static DayMoney After(params object[] events) => events.Aggregate(DayMoney.Untouched, (money, recorded) => money.Apply(recorded));

    private static EvolutionState StateOf(Guid evolution, decimal dollars, params object[] then)
    {
        var facts = new EvolutionFacts(evolution);
        return new object[] { facts.Started(), facts.Spent(Stage.Locate, dollars: dollars) }.Concat(then)
            .Aggregate(EvolutionState.Empty, (state, recorded) => state.Apply(recorded, DateTimeOffset.UnixEpoch));
    }
}
