using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

public sealed class ExactPairedTestTests
{
    [Theory]
    [InlineData(new double[0], 1.0)]
    [InlineData(new[] { 0.0, 0.0, 0.0 }, 1.0)]
    [InlineData(new[] { 1.0 }, 0.5)]
    [InlineData(new[] { -1.0 }, 1.0)]
    [InlineData(new[] { 1.0, 1.0, 1.0, 1.0, 1.0 }, 1.0 / 32)]
    [InlineData(new[] { 1.0, -1.0 }, 0.75)]
    [InlineData(new[] { 0.75, 0.75, 0.0, 0.75 }, 1.0 / 8)]
    public void Small_cases_are_counted_by_hand(double[] differences, double expected) =>
        ExactPairedTest.PValue(differences).ShouldBe(expected, 1e-12);

    // McNemar's exact test is the binomial tail: b better, c worse, chance of b or more heads in b + c tosses.
    [Theory]
    [InlineData(5, 1, 7.0 / 64)]
    [InlineData(8, 2, 56.0 / 1024)]
    [InlineData(10, 0, 1.0 / 1024)]
    public void For_pass_or_fail_it_is_McNemars_exact_test(int better, int worse, double expected) =>
        ExactPairedTest.PValue(Enumerable.Repeat(1.0, better).Concat(Enumerable.Repeat(-1.0, worse))).ShouldBe(expected, 1e-12);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void It_agrees_with_every_exchange_tried_one_by_one(int seed)
    {
        var differences = Drawn(seed);

        ExactPairedTest.PValue(differences).ShouldBe(ByTryingAll(differences), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_of_the_pairs_and_ties_change_nothing(int seed)
    {
        var differences = Drawn(seed);

        ExactPairedTest.PValue([0, .. differences.Reverse(), 0, 0.0001]).ShouldBe(ExactPairedTest.PValue(differences), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_better_candidate_never_has_a_larger_p_value(int seed)
    {
        var differences = Drawn(seed);
        double[] better = [.. differences.Select(Math.Abs)];

        ExactPairedTest.PValue(better).ShouldBeLessThanOrEqualTo(ExactPairedTest.PValue(differences) + 1e-12);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_change_that_does_nothing_passes_at_most_as_often_as_alpha_says(int seed)
    {
        double[] pValues = [.. Exchanges([.. Drawn(seed).Take(6)]).Select(exchange => ExactPairedTest.PValue(exchange))];

        foreach (var alpha in new[] { 0.3, 0.1, 0.05, 0.02 })
        {
            ((double)pValues.Count(pValue => pValue <= alpha) / pValues.Length).ShouldBeLessThanOrEqualTo(alpha);
        }
    }

    [Fact]
    public void Many_pairs_are_no_burden_and_lose_no_precision()
    {
        ExactPairedTest.PValue(Enumerable.Repeat(0.75, 160)).ShouldBe(Math.Pow(0.5, 160), Math.Pow(0.5, 170));
        ExactPairedTest.PValue(Enumerable.Repeat(-1.0, 160)).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void All_pairs_better_is_the_smallest_p_value() =>
        ExactPairedTest.PValue(Enumerable.Repeat(0.25, 9)).ShouldBe(ExactPairedTest.SmallestPValue(9), 1e-15);

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 25)];

    /// <summary>0 to 9 differences in thousandths, the halves and quarters of graded scores among them.</summary>
    private static double[] Drawn(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(10)).Select(_ => random.Next(3) switch
        {
            0 => random.Next(-4, 5) / 4.0,
            1 => random.Next(-1, 2),
            _ => random.Next(-1000, 1001) / 1000.0,
        })];
    }

    private static double ByTryingAll(double[] differences)
    {
        var exchanges = Exchanges(differences).ToList();
        var observed = differences.Sum();
        return (double)exchanges.Count(exchange => exchange.Sum() >= observed - 1e-9) / exchanges.Count;
    }

    private static IEnumerable<double[]> Exchanges(double[] differences) => Enumerable.Range(0, 1 << differences.Length)
        .Select(flips => differences.Select((difference, pair) => (flips >> pair & 1) == 1 ? -difference : difference).ToArray());
}
