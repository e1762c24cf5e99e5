namespace Moss.SwapChecks.Measuring;

/// <summary>What became of one swap.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Scenario">How the new version behaved.</param>
/// <param name="KilledAfter">After how many stored steps the deployer was killed; 0 for never.</param>
/// <param name="StateKept">The state reads as it did before.</param>
/// <param name="TwoWriters">Two containers of the place ran at once.</param>
/// <param name="OneHealthy">One container runs in the end, it has the place and serves.</param>
/// <param name="RightVersion">It is the one that should.</param>
/// <param name="DowntimeSeconds">0 where it was not measured.</param>
/// <param name="RecoverySeconds">
/// From the start of the deployer after the kill until what was left open is closed, less what it asked and what the service took to end;
/// null where none was killed.
/// </param>
/// <param name="Detail">For people; empty when all is well.</param>
internal sealed record SwapRow(
    string Service, string Scenario, int KilledAfter, bool StateKept, bool TwoWriters, bool OneHealthy, bool RightVersion,
    double DowntimeSeconds, double? RecoverySeconds, string Detail)
{
    /// <summary>Median of the engine's own stop and start until it serves, of the same service and version; set where the downtime was measured.</summary>
    public double? EngineSeconds { get; init; }
}
