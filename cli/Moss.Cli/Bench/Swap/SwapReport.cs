using System.Text.Json.Serialization;

namespace Moss.Cli.Bench.Swap;

/// <summary>One swap, as it came out.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Scenario">How the new version behaved.</param>
/// <param name="KilledAfter">After how many stored steps its deployer was killed; 0 for never.</param>
/// <param name="StateKept">The state reads as it did before.</param>
/// <param name="TwoWriters">Two containers of the place ran at once, as the engine's own events tell.</param>
/// <param name="OneHealthy">One container runs in the end, it has the place and serves.</param>
/// <param name="RightVersion">It is the one that should.</param>
/// <param name="DowntimeSeconds">From the request to stop the old version to the first answer of the new one; 0 where it was not measured.</param>
/// <param name="RecoverySeconds">
/// From the start of the deployer after the kill until what was left open is closed, less the time in which it asked instances whether they are
/// healthy, and that which the service took to end; null where none was killed.
/// </param>
/// <param name="Detail">What it ended with, where something is wrong.</param>
/// <param name="EngineSeconds">Median of the engine's own stop and start of that service; null where it was not measured.</param>
internal sealed record SwapRow(
    string Service, string Scenario, int KilledAfter, bool StateKept, bool TwoWriters, bool OneHealthy, bool RightVersion,
    double DowntimeSeconds, double? RecoverySeconds, string Detail, double? EngineSeconds)
{
    /// <summary>True when nothing is wrong.</summary>
    [JsonIgnore]
    public bool Well => StateKept && !TwoWriters && OneHealthy && RightVersion;
}

/// <summary>What came of all swaps.</summary>
/// <param name="Runs">Swaps.</param>
/// <param name="StateLost">Those after which the state did not read as before.</param>
/// <param name="TwoWriters">Those in which two containers of the place ran at once.</param>
/// <param name="UnhealthyEnd">Those after which not exactly one healthy container had the place.</param>
/// <param name="WrongRollback">Those after which it was not the version that should be.</param>
/// <param name="DowntimeRatioMedian">Of undisturbed promotions of good versions: downtime by the engine's own stop and start; null where there was none.</param>
/// <param name="RecoveryP95Seconds">95th percentile of the recoveries; null where no deployer was killed.</param>
/// <param name="Seconds">Of the whole bench.</param>
/// <param name="Wrong">The swaps that went wrong.</param>
/// <param name="Services">A line each.</param>
internal sealed record SwapReport(
    int Runs, int StateLost, int TwoWriters, int UnhealthyEnd, int WrongRollback, double? DowntimeRatioMedian, double? RecoveryP95Seconds, double Seconds,
    IReadOnlyList<SwapRow> Wrong, IReadOnlyList<SwapService> Services)
{
    /// <summary>True when there was a swap, and none went wrong.</summary>
    [JsonIgnore]
    public bool Holds => Runs > 0 && Wrong.Count == 0;

    /// <summary>Counts the rows. Pure.</summary>
    public static SwapReport Of(IReadOnlyList<SwapRow> rows, double seconds) => new(
        rows.Count, rows.Count(row => !row.StateKept), rows.Count(row => row.TwoWriters), rows.Count(row => !row.OneHealthy), rows.Count(row => !row.RightVersion),
        Ratio(rows), At(0.95, rows.Select(row => row.RecoverySeconds)), seconds,
        [.. rows.Where(row => !row.Well)],
        [.. rows.GroupBy(row => row.Service).Select(service => SwapService.Of(service.Key, [.. service]))]);

    /// <summary>The value below which so many of the values lie, by the nearest rank; null where there is none.</summary>
    public static double? At(double share, IEnumerable<double?> values) =>
        values.OfType<double>().Order().ToList() is { Count: > 0 } known ? known[(int)Math.Ceiling(share * known.Count) - 1] : null;

    /// <summary>Downtime of the undisturbed promotions of good versions by the engine's own; their median.</summary>
    public static double? Ratio(IEnumerable<SwapRow> rows) =>
        At(0.5, rows.Where(IsMeasured).Select(row => row.DowntimeSeconds / row.EngineSeconds));

    /// <summary>True for the row of a swap that was measured by the second.</summary>
    public static bool IsMeasured(SwapRow row) => row is { Scenario: "good", KilledAfter: 0, EngineSeconds: > 0, DowntimeSeconds: > 0 };
}

/// <summary>The swaps of one service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Runs">Swaps.</param>
/// <param name="Wrong">Those that went wrong.</param>
/// <param name="EngineSeconds">Median of the engine's own stop and start.</param>
/// <param name="DowntimeSeconds">Of the undisturbed promotions of good versions that were measured, the median.</param>
/// <param name="RecoveryP95Seconds">95th percentile of the recoveries.</param>
internal sealed record SwapService(string Name, int Runs, int Wrong, double? EngineSeconds, double? DowntimeSeconds, double? RecoveryP95Seconds)
{
    /// <summary>Counts the rows. Pure.</summary>
    public static SwapService Of(string name, IReadOnlyList<SwapRow> rows) => new(
        name, rows.Count, rows.Count(row => !row.Well), rows.FirstOrDefault(row => row.EngineSeconds is not null)?.EngineSeconds,
        SwapReport.At(0.5, rows.Where(SwapReport.IsMeasured).Select(row => (double?)row.DowntimeSeconds)),
        SwapReport.At(0.95, rows.Select(row => row.RecoverySeconds)));
}
