using System.Collections.Immutable;
using Moss.Domain.Promotion;

namespace Moss.Domain.Watching;

/// <summary>The fold of one watch: what it asks and what it has seen.</summary>
/// <param name="Start">How it began.</param>
public sealed record WatchState(WatchStarted Start)
{
    /// <summary>Time watched so far.</summary>
    public TimeSpan Watched { get; init; }

    /// <summary>True when it goes on for as long again because the first window said too little.</summary>
    public bool Extended { get; init; }

    /// <summary>A tally a metric, in the order of the terms.</summary>
    public ImmutableArray<MetricTally> Metrics { get; init; } = [.. Start.Terms.Metrics.Select(metric => new MetricTally(metric.Name))];

    /// <summary>Evidence that reports a repaired failure again, in order, once each.</summary>
    public ImmutableArray<Guid> Recurrences { get; init; } = [];

    /// <summary>How often the instance was found ended with nobody looking, and started again.</summary>
    public int Repairs { get; init; }

    /// <summary>Why it could not be started again; null when it was not tried or could.</summary>
    public string? RepairFailure { get; init; }

    /// <summary>How it ended; null while it goes on.</summary>
    public WatchOutcome? Outcome { get; init; }

    /// <summary>Why it ended or was extended; null while nothing is to be told.</summary>
    public string? Reason { get; init; }

    /// <summary>True while it goes on.</summary>
    public bool Open => Outcome is null;

    /// <summary>How long it goes on, as it stands.</summary>
    public TimeSpan Window => Extended ? Start.Terms.For * 2 : Start.Terms.For;

    /// <summary>The watch after one more event of its deployment; one that it does not mind changes nothing.</summary>
    public WatchState Apply(DeploymentEvent happened) => !Open ? this : happened switch
    {
        WatchRead e => this with { Watched = e.Watched, Metrics = e.Metrics },
        RecurrenceSeen e when !Recurrences.Contains(e.Evidence) => this with { Recurrences = Recurrences.Add(e.Evidence) },
        WatchExtended e => this with { Extended = true, Reason = e.Reason },
        WatchEnded e => this with { Outcome = e.Outcome, Reason = e.Reason },
        ProductionRollbackDecided e => this with { Outcome = WatchOutcome.RolledBack, Reason = e.Reason },
        InstanceStartRequested { Cause: ServingCause.Repair } => this with { Repairs = Repairs + 1, RepairFailure = null },
        InstanceStartFailed e => this with { RepairFailure = e.Reason },
        InstanceServing => this with { RepairFailure = null },
        _ => this,
    };

    /// <summary>The tallies after one more read each, in the order of the terms.</summary>
    public ImmutableArray<MetricTally> After(IReadOnlyList<MetricReading> readings) =>
        [.. Metrics.Zip(readings, (tally, reading) => tally.After(reading, Start.Terms.LimitsOfEach))];
}
