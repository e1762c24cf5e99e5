using System.Collections.Immutable;
using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

public sealed class GuardSelectionTests
{
    private static readonly ImmutableArray<string> Hundred = [.. Enumerable.Range(0, 100).Select(number => $"s{number:00}")];

    [Fact]
    public void With_places_for_all_nothing_is_selected()
    {
        First(100).ShouldBe(Hundred, ignoreOrder: true);
        First(null).ShouldBe(Hundred, ignoreOrder: true);
    }

    [Fact]
    public void Half_of_the_places_go_to_those_that_run_most_of_what_is_changed()
    {
        ImmutableArray<ScenarioFiles> touched = [new("s10", ["a.py"]), new("s11", ["a.py", "b.py"]), new("s12", ["a.py", "b.py", "c.py"]), new("s13", ["c.py"])];

        var first = First(4, touched, ["a.py", "b.py"]);

        first.Count.ShouldBe(4);
        first.ShouldContain("s11");
        first.ShouldContain("s12");
    }

    [Fact]
    public void Places_that_nobody_near_takes_are_drawn_by_lot() => First(10, [new("s10", ["a.py"])], ["a.py"]).Count.ShouldBe(10);

    [Fact]
    public void The_same_lot_draws_the_same_and_another_draws_others()
    {
        First(10, lot: "one").ShouldBe(First(10, lot: "one"), ignoreOrder: true);
        First(10, lot: "one").SetEquals(First(10, lot: "two")).ShouldBeFalse();
    }

    [Fact]
    public void In_the_long_run_nobody_is_left_out() =>
        Enumerable.Range(0, 200).SelectMany(lot => First(10, lot: $"{lot}")).Distinct().Count().ShouldBe(100);

    private static ImmutableHashSet<string> First(
        int? places, ImmutableArray<ScenarioFiles>? touched = null, ImmutableArray<string>? changed = null, string lot = "lot") =>
        GuardSelection.First(Hundred, places, touched ?? [], changed ?? [], lot);
}
