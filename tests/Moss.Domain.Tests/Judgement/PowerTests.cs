using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

public sealed class PowerTests
{
    [Theory]
    [InlineData(0.05, 5)]
    [InlineData(0.03125, 5)]
    [InlineData(0.03, 6)]
    [InlineData(0.01, 7)]
    public void So_many_pairs_must_be_better(double alpha, int expected) => Power.PairsNeeded(alpha).ShouldBe(expected);

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.2, 0.9)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.9, 0.3)]
    [InlineData(1.0, 1.0)]
    public void The_power_of_the_test_is_what_trying_every_outcome_gives(double before, double after)
    {
        foreach (var pairs in new[] { 0, 1, 3, 5 })
        {
            foreach (var alpha in new[] { 0.2, 0.05 })
            {
                Power.OfTest(pairs, before, after, alpha).ShouldBe(ByTryingAll(pairs, before, after, alpha), 1e-10, $"{pairs} pairs, {alpha}");
            }
        }
    }

    [Fact]
    public void A_change_that_does_nothing_passes_no_more_often_than_alpha_at_any_rate()
    {
        foreach (var rate in Enumerable.Range(0, 21).Select(step => step / 20.0))
        {
            foreach (var pairs in new[] { 5, 12, 20 })
            {
                Power.OfTest(pairs, rate, rate, 0.05).ShouldBeLessThanOrEqualTo(0.05);
            }
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.8)]
    public void The_power_of_a_repair_is_what_trying_every_outcome_gives(double after)
    {
        double[] failureRates = [1, 0.5, 0.5, 0.9, 0.75, 1];
        var expected = Math.Pow(after, 6) * Enumerated.Rows(failureRates).Where(row => Math.Pow(0.5, row.Passes.Count(failed => failed)) <= 0.05).Sum(row => row.Chance);

        Power.OfRepair(failureRates, after, 0.05).ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void What_always_fails_is_seen_to_be_repaired_with_certainty_once_the_pairs_suffice()
    {
        Power.OfRepair([.. Enumerable.Repeat(1.0, 5)], 1, 0.05).ShouldBe(1);
        Power.OfRepair([.. Enumerable.Repeat(1.0, 4)], 1, 0.05).ShouldBe(0);
    }

    private static double ByTryingAll(int pairs, double before, double after, double alpha) =>
        Enumerated.Rows([.. Enumerable.Repeat(before, pairs), .. Enumerable.Repeat(after, pairs)])
            .Where(row => ExactPairedTest.PValue(Enumerable.Range(0, pairs).Select(pair => (row.Passes[pairs + pair] ? 1.0 : 0) - (row.Passes[pair] ? 1.0 : 0))) <= alpha)
            .Sum(row => row.Chance);
}
