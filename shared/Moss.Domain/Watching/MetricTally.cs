using System.Globalization;

namespace Moss.Domain.Watching;

/// <summary>The sums of one metric over a watch. They are stored with each read, so that whoever takes over goes on from them.</summary>
/// <param name="Name">Of the metric.</param>
public sealed record MetricTally(string Name)
{
    /// <summary>The largest number that a counter may show and still be exact to one.</summary>
    private const double Largest = 1L << 53;

    /// <summary>Reads in a row that say nothing, from which on its source counts as lost.</summary>
    public const int LostAfter = 4;

    /// <summary>The counters as read last, from which the next read is counted; null before the first.</summary>
    public double? FailuresRead { get; init; }

    /// <summary>As <see cref="FailuresRead"/>, of all outcomes.</summary>
    public double? TotalRead { get; init; }

    /// <summary>Outcomes that failed since the watch began.</summary>
    public double Failures { get; init; }

    /// <summary>Outcomes since the watch began.</summary>
    public double Total { get; init; }

    /// <summary>The test of those outcomes.</summary>
    public SequentialTest Test { get; init; }

    /// <summary>Failures with which the outcomes ended so far, as far as reads tell: a read with a success in it begins anew.</summary>
    public double Row { get; init; }

    /// <summary>Reads in a row that said nothing.</summary>
    public int Silent { get; init; }

    /// <summary>What was wrong with the last read; null when it counted.</summary>
    public string? Trouble { get; init; }

    /// <summary>True when its source has said nothing for too long.</summary>
    public bool Lost => Silent >= LostAfter;

    /// <summary>The tally after one more read. What cannot be counted changes no sum of outcomes.</summary>
    public MetricTally After(MetricReading reading, FailureLimits limits) => reading switch
    {
        MetricReading.Unknown unknown => Say(unknown.Reason),
        MetricReading.Counted counted when !IsCount(counted.Failures) || !IsCount(counted.Total) =>
            Say(Text($"{counted.Failures:R} of {counted.Total:R} is no pair of counts")),
        MetricReading.Counted counted when counted.Failures > counted.Total => Say(Text($"{counted.Failures:R} failures of {counted.Total:R} outcomes: the queries do not fit each other")),
        MetricReading.Counted counted => Count(counted, limits),
        _ => throw new ArgumentOutOfRangeException(nameof(reading)),
    };

    private MetricTally Count(MetricReading.Counted now, FailureLimits limits)
    {
        var read = this with { FailuresRead = now.Failures, TotalRead = now.Total };
        if (FailuresRead is not { } failuresBefore || TotalRead is not { } totalBefore)
        {
            return read with { Silent = 0, Trouble = null };
        }

        var (failures, total) = (now.Failures - failuresBefore, now.Total - totalBefore);
        if (failures < 0 || total < 0)
        {
            return read.Say("a counter went back, as when what counts was started again; it is counted on from there");
        }

        return failures > total
            ? read.Say(Text($"{failures:R} more failures with {total:R} more outcomes: the queries do not fit each other"))
            : read with
            {
                Failures = Failures + failures,
                Total = Total + total,
                Test = Test.Rejects(limits) ? Test : Test.After(limits, failures, total - failures),
                Row = failures < total ? 0 : Row + failures,
                Silent = 0,
                Trouble = null,
            };
    }

    private MetricTally Say(string trouble) => this with { Silent = Silent + 1, Trouble = trouble };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static bool IsCount(double value) => value is >= 0 and <= Largest;
}
