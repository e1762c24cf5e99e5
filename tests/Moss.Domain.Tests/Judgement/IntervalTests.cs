using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

public sealed class IntervalTests
{
    // From published tables of Clopper-Pearson limits at 95 %.
    [Theory]
    [InlineData(0, 10, 0.0, 0.3085)]
    [InlineData(10, 10, 0.6915, 1.0)]
    [InlineData(5, 10, 0.1871, 0.8129)]
    [InlineData(1, 10, 0.0025, 0.4450)]
    [InlineData(8, 16, 0.2465, 0.7535)]
    [InlineData(0, 1, 0.0, 0.975)]
    public void It_is_the_published_one(int passed, int trials, double low, double high)
    {
        var interval = Interval.OfRate(passed, trials);

        interval.Low.ShouldBe(low, 0.0001);
        interval.High.ShouldBe(high, 0.0001);
    }

    [Fact]
    public void Without_trials_nothing_is_known() => Interval.OfRate(0, 0).ShouldBe(new Interval(0, 1));

    [Fact]
    public void It_holds_the_true_rate_as_often_as_it_says_whatever_the_rate()
    {
        foreach (var trials in new[] { 1, 2, 5, 12 })
        {
            Interval[] intervals = [.. Enumerable.Range(0, trials + 1).Select(passed => Interval.OfRate(passed, trials, 0.9))];
            foreach (var rate in Enumerable.Range(1, 99).Select(percent => percent / 100.0))
            {
                var covered = Enumerable.Range(0, trials + 1)
                    .Where(passed => intervals[passed].Low <= rate && rate <= intervals[passed].High)
                    .Sum(passed => Chance(passed, trials, rate));

                covered.ShouldBeGreaterThanOrEqualTo(0.9 - 1e-9, $"{trials} trials at {rate}");
            }
        }
    }

    // The rule of three, exactly: 1 - 0.05^(1/n) when nothing was seen in n trials.
    [Theory]
    [InlineData(0, 200, 0.014867)]
    [InlineData(0, 59, 0.049508)]
    [InlineData(3, 200, 0.038320)]
    public void A_one_sided_limit_is_the_published_one(int passed, int trials, double expected) =>
        Interval.UpperLimit(passed, trials).ShouldBe(expected, 0.00005);

    [Fact]
    public void More_trials_make_it_narrower()
    {
        var (few, many) = (Interval.OfRate(3, 6), Interval.OfRate(300, 600));

        (many.High - many.Low).ShouldBeLessThan((few.High - few.Low) / 5);
    }

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(4, 3)]
    public void Passes_that_cannot_be_are_refused(int passed, int trials) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Interval.OfRate(passed, trials));

    private static double Chance(int passed, int trials, double rate)
    {
        var ways = Enumerable.Range(1, passed).Aggregate(1.0, (product, k) => product * (trials - passed + k) / k);
        return ways * Math.Pow(rate, passed) * Math.Pow(1 - rate, trials - passed);
    }
}
