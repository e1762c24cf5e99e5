using Moss.Domain.Watching;

namespace Moss.Deployment.Api;

/// <summary>A watch, as the API shows it.</summary>
public sealed record WatchView
{
    /// <summary>Whose candidate is watched.</summary>
    public required Guid Evolution { get; init; }

    /// <summary>What is watched.</summary>
    public required string Commit { get; init; }

    /// <summary>What a rollback returns to.</summary>
    public required string Before { get; init; }

    /// <summary>watching, passed, inconclusive, superseded or rolledBack.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why it ended, or goes on for longer; null when nothing is to be told.</summary>
    public string? Reason { get; init; }

    /// <summary>Seconds watched so far.</summary>
    public required double WatchedSeconds { get; init; }

    /// <summary>Seconds that it goes on for, as it stands.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Reports of a failure that the change was to repair.</summary>
    public required int Recurrences { get; init; }

    /// <summary>A row a metric.</summary>
    public required IReadOnlyList<WatchedMetricView> Metrics { get; init; }

    /// <summary>Of the fold.</summary>
    public static WatchView? Of(WatchState? watch) => watch is null ? null : new()
    {
        Evolution = watch.Start.Evolution,
        Commit = watch.Start.Version.Commit,
        Before = watch.Start.Before.Commit,
        Outcome = watch.Outcome is { } outcome ? HistoryText.Word(outcome) : "watching",
        Reason = watch.Reason,
        WatchedSeconds = watch.Watched.TotalSeconds,
        WindowSeconds = watch.Window.TotalSeconds,
        Recurrences = watch.Recurrences.Length,
        Metrics = [.. watch.Metrics.Select(tally => new WatchedMetricView(
            tally.Name, tally.Failures, tally.Total, tally.Test.Evidence, tally.Test.Alarm(watch.Start.Terms.LimitsOfEach), tally.Trouble))],
    };
}

/// <summary>A metric of a watch.</summary>
/// <param name="Name">As declared.</param>
/// <param name="Failures">Outcomes that failed since the watch began.</param>
/// <param name="Total">Outcomes since then.</param>
/// <param name="Evidence">For too many failures; the logarithm of a likelihood ratio.</param>
/// <param name="Alarm">The evidence that rolls back.</param>
/// <param name="Trouble">Why the last read said nothing; null when it counted.</param>
public sealed record WatchedMetricView(string Name, double Failures, double Total, double Evidence, double Alarm, string? Trouble);
