using Moss.Contracts.Deployment;

namespace Moss.SwapChecks.Deployer;

/// <summary>What a deployer of the bench is told.</summary>
/// <param name="Socket">The engine's.</param>
/// <param name="Folder">Where it keeps what it keeps.</param>
/// <param name="Substrate">What it looks after.</param>
/// <param name="Repository">Where its source is.</param>
/// <param name="Images">Image of each commit.</param>
internal sealed record DeployerOrder(string Socket, string Folder, string Substrate, string Repository, IReadOnlyDictionary<string, string> Images)
{
    /// <summary>The candidates, one after the other; empty to look after what runs for the first time.</summary>
    public IReadOnlyList<PromoteCandidate> Promote { get; init; } = [];

    /// <summary>After how many steps it is killed; 0 for never.</summary>
    public int KillAfter { get; init; }

    /// <summary>The one database of all its lives.</summary>
    public string Store => Path.Combine(Folder, "events.db");
}

/// <summary>What a deployer that lived to say it says.</summary>
/// <param name="Outcomes">What came of each candidate.</param>
/// <param name="Steps">How many it has stored in this life.</param>
/// <param name="BeganAt">When the process was started.</param>
/// <param name="RecoveredAt">When what an earlier one left open was closed; the end of this one when it left nothing.</param>
/// <param name="Asking">How long it asked, until then, whether an instance is healthy.</param>
internal sealed record DeployerReport(
    IReadOnlyList<DeployerOutcome> Outcomes, int Steps, DateTimeOffset BeganAt, DateTimeOffset RecoveredAt, TimeSpan Asking);

/// <summary>What came of one candidate.</summary>
/// <param name="Name">The name of the answer.</param>
/// <param name="Reason">For people.</param>
/// <param name="DowntimeSeconds">0 where nothing was swapped.</param>
internal sealed record DeployerOutcome(string Name, string Reason, double DowntimeSeconds);
