using Moss.Cli.Bench.Gate;

namespace Moss.Cli.Tests.Bench;

public sealed class UpperLimitTests
{
    // 1 - 0.05^(1/n) when nothing was seen; the others are published one-sided Clopper-Pearson limits.
    [Theory]
    [InlineData(0, 200, 0.01487)]
    [InlineData(0, 59, 0.04951)]
    [InlineData(1, 10, 0.3942)]
    [InlineData(3, 200, 0.0383)]
    [InlineData(5, 5, 1.0)]
    [InlineData(0, 0, 1.0)]
    public void It_is_the_published_one(int successes, int trials, double expected) => UpperLimit.Of(successes, trials).ShouldBe(expected, 0.0001);

    [Fact]
    public void At_the_limit_so_few_successes_have_exactly_the_chance_that_is_left()
    {
        var limit = UpperLimit.Of(2, 30);

        var chance = Enumerable.Range(0, 3).Sum(k => Choose(30, k) * Math.Pow(limit, k) * Math.Pow(1 - limit, 30 - k));

        chance.ShouldBe(0.05, 1e-9);
    }

    private static double Choose(int all, int some) => Enumerable.Range(1, some).Aggregate(1.0, (product, k) => product * (all - some + k) / k);
}
