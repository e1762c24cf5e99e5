using System.Collections.Immutable;

namespace Moss.Substrates;

/// <summary>How a promoted version is watched in production, and from when on it is taken back.</summary>
public sealed record WatchDeclaration
{
    /// <summary>How long it is watched; as long again, once, when that was too little to tell.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Time between two reads of the metrics.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What counts as too many failures.</summary>
    public WatchLimits Limits { get; init; } = new();

    /// <summary>Outcomes of a metric without which the watch does not end well.</summary>
    public int MinimumSamples { get; init; } = 50;

    /// <summary>Failures in a row that roll back at once.</summary>
    public int FailuresInARow { get; init; } = 4;

    /// <summary>Whether reports of the failures that the change was to repair count.</summary>
    public bool Recurrence { get; init; } = true;

    /// <summary>Counters that are read.</summary>
    public ImmutableArray<WatchedMetric> Metrics { get; init; } = [];
}

/// <summary>Two failure rates to tell apart, and how often that may go wrong.</summary>
public sealed record WatchLimits
{
    /// <summary>Share of outcomes that may fail, above 0.</summary>
    public double Acceptable { get; init; } = 0.05;

    /// <summary>Share from which on the version must go, below 1.</summary>
    public double Unacceptable { get; init; } = 0.2;

    /// <summary>Chance to roll back a version whose failures are acceptable, over the whole watch.</summary>
    public double FalseAlarm { get; init; } = 0.01;

    /// <summary>Chance of the test to accept a version whose failures are unacceptable.</summary>
    public double Miss { get; init; } = 0.1;
}

/// <summary>Two counters of one server that answers as Prometheus does.</summary>
/// <param name="Name">1 to 40 of <c>a-z 0-9 -</c>; unique in a watch.</param>
/// <param name="Url">Base address of the server, http.</param>
/// <param name="Failures">PromQL with one number as its answer: outcomes that failed so far.</param>
/// <param name="Total">PromQL with one number as its answer: outcomes so far.</param>
public sealed record WatchedMetric(string Name, string Url, string Failures, string Total);
