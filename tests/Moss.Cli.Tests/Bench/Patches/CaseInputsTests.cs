using Moss.Cli.Bench.Patches.QuixBugsJava;

namespace Moss.Cli.Tests.Bench.Patches;

public sealed class CaseInputsTests
{
    public static TheoryData<string> Programs => [.. JavaInputs.All.Keys];

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_same_seed_gives_the_same_cases_and_another_seed_others(string program)
    {
        var first = Drawn(program, 1);

        Drawn(program, 1).ShouldBe(first);
        Drawn(program, 2).ShouldNotBe(first);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void There_are_edges_and_many_cases_of_two_sizes_none_twice(string program)
    {
        var scenarios = JavaInputs.All[program].Scenarios(program, 1);

        scenarios.Keys.ShouldBe(["edges", "large", "small"]);
        foreach (var cases in scenarios.Values)
        {
            cases.Distinct().Count().ShouldBe(cases.Length);
            cases.ShouldNotContain(text => text.Contains('"') || text.Contains('\\') || text.Contains(']'), "the driver reads cases without escapes");
        }

        scenarios["large"].Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Lists_that_are_searched_are_sorted_and_have_no_number_twice()
    {
        foreach (var text in JavaInputs.All["FIND_IN_SORTED"].Scenarios("FIND_IN_SORTED", 3).Values.SelectMany(cases => cases))
        {
            int[] numbers = [.. text.Split('|')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
            numbers.ShouldBe(numbers.Distinct().Order());
        }
    }

    [Fact]
    public void A_drawing_reaches_both_ends_and_nothing_beyond()
    {
        var drawing = new Drawing(7);
        int[] drawn = [.. Enumerable.Range(0, 500).Select(_ => drawing.Number(-1, 2))];

        drawn.Distinct().Order().ShouldBe([-1, 0, 1, 2]);
    }

    private static string[] Drawn(string program, int seed) => [.. JavaInputs.All[program].Scenarios(program, seed).Values.SelectMany(cases => cases)];
}
