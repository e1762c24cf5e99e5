using System.Collections.Immutable;

namespace Moss.Domain.Watching;

/// <summary>What a watch asks of production; recorded when it begins, so that it cannot drift while it goes on.</summary>
/// <param name="For">How long production is watched, above zero.</param>
/// <param name="Limits">What counts as too many failures.</param>
/// <param name="Metrics">Counters that are read; none when only the instance and what is reported are watched.</param>
public sealed record WatchTerms(TimeSpan For, FailureLimits Limits, ImmutableArray<GuardedMetric> Metrics)
{
    /// <summary>Time between two reads, above zero.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Outcomes without which a metric says too little to end the watch well; at least 1.</summary>
    public int MinimumSamples { get; init; } = 50;

    /// <summary>Failures in a row that roll back at once; at least 2.</summary>
    public int FailuresInARow { get; init; } = 4;

    /// <summary>True when reports of the failures that the change was to repair count.</summary>
    public bool Recurrence { get; init; } = true;

    /// <summary>How sure the test of each metric must be: all of them together are wrong as rarely as was declared.</summary>
    public FailureLimits LimitsOfEach => Limits with { FalseAlarm = Limits.FalseAlarm / Math.Max(Metrics.Length, 1) };
}

/// <summary>Two failure rates to tell apart, and how often that may go wrong.</summary>
/// <param name="Acceptable">Share of outcomes that may fail, above 0 and below <paramref name="Unacceptable"/>.</param>
/// <param name="Unacceptable">Share from which on the version must go, below 1.</param>
/// <param name="FalseAlarm">Chance to roll back although failures are acceptable, over the whole watch; above 0, below 1.</param>
/// <param name="Miss">Chance of each run of the test to end well although failures are unacceptable; above 0, below 1.</param>
public sealed record FailureLimits(double Acceptable = 0.05, double Unacceptable = 0.2, double FalseAlarm = 0.01, double Miss = 0.1);

/// <summary>A pair of counters that only grow, read from a server that answers as Prometheus does.</summary>
/// <param name="Name">Names it to people; unique in a watch.</param>
/// <param name="Url">Base address of the server, http.</param>
/// <param name="Failures">PromQL that answers one number: how many outcomes failed so far.</param>
/// <param name="Total">PromQL that answers one number: how many outcomes there were so far.</param>
public sealed record GuardedMetric(string Name, string Url, string Failures, string Total);

/// <summary>What one read of a metric came to.</summary>
public abstract record MetricReading
{
    private MetricReading() { }

    /// <summary>Two counters as they stand.</summary>
    public sealed record Counted(double Failures, double Total) : MetricReading;

    /// <summary>Nothing that can be counted: no answer, no series, no number. It is neither good nor bad.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Unknown(string Reason) : MetricReading;
}
