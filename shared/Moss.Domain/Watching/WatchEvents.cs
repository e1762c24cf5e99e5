using System.Collections.Immutable;
using Moss.Domain.Promotion;

namespace Moss.Domain.Watching;

/// <summary>A promoted version is watched in production from here on.</summary>
/// <param name="Evolution">Whose candidate it was.</param>
/// <param name="Version">What is watched.</param>
/// <param name="Before">The version that served before; a rollback returns to it.</param>
/// <param name="Terms">What is asked of it.</param>
/// <param name="At">When.</param>
public sealed record WatchStarted(Guid Evolution, DeployedVersion Version, DeployedVersion Before, WatchTerms Terms, DateTimeOffset At) : DeploymentEvent(At)
{
    /// <summary>The batch whose failures it was to repair; null when it is not known.</summary>
    public Guid? Batch { get; init; }

    /// <summary>Those failures: a report of one of them from here on is a recurrence.</summary>
    public ImmutableArray<RepairedFailure> Repaired { get; init; } = [];
}

/// <summary>A failure that a promoted change was to repair, told as clusters of evidence are.</summary>
public sealed record RepairedFailure(string Scenario, string Fingerprint);

/// <summary>Production was looked at. The sums are those up to here: nothing before has to be read again.</summary>
/// <param name="Evolution">Whose watch.</param>
/// <param name="Watched">Time watched so far; time in which nobody looked is not in it.</param>
/// <param name="Metrics">In the order of the terms.</param>
/// <param name="At">When.</param>
public sealed record WatchRead(Guid Evolution, TimeSpan Watched, ImmutableArray<MetricTally> Metrics, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>A failure that the change was to repair was reported again.</summary>
public sealed record RecurrenceSeen(Guid Evolution, Guid Evidence, string Scenario, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>The window is over and says too little; it is watched as long again, once.</summary>
public sealed record WatchExtended(Guid Evolution, string Reason, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>The watch is over and the version stays, or another one serves already.</summary>
public sealed record WatchEnded(Guid Evolution, WatchOutcome Outcome, string Reason, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>
/// Intent: what serves is about to be stopped and an earlier version started. From here on it goes through to its end, and is not itself
/// undone.
/// </summary>
/// <param name="Evolution">Whose candidate is taken back.</param>
/// <param name="Substrate">Where.</param>
/// <param name="Failing">What serves.</param>
/// <param name="Fallback">The run of the earlier version; its marker tells whether its start has begun.</param>
/// <param name="Health">When that one counts as healthy.</param>
/// <param name="Reason">For people.</param>
/// <param name="By"><c>watch</c>, or the person who asked.</param>
/// <param name="At">When.</param>
public sealed record ProductionRollbackDecided(
    Guid Evolution, string Substrate, Instance Failing, Instance Fallback, HealthTerms Health, string Reason, string By, DateTimeOffset At) : DeploymentEvent(At)
{
    /// <summary>The batch whose failures were to be repaired; null when it is not known.</summary>
    public Guid? Batch { get; init; }

    /// <summary>Evidence that came during the watch and led to it.</summary>
    public ImmutableArray<Guid> Evidence { get; init; } = [];

    /// <summary>
    /// Volumes whose copies are put back, with which goes what was written since: the earlier version cannot read that. None where it can,
    /// where nobody tried, and where the earlier version is not the one that the copies were taken of.
    /// </summary>
    public ImmutableArray<string> PutsBack => Fallback.Recipe is null ? [] : Failing.Recipe?.PutsBack ?? [];
}

/// <summary>The branch of promoted commits has the content again that it had before the promotion.</summary>
/// <param name="Evolution">Whose commit is undone there.</param>
/// <param name="Branch">Which branch.</param>
/// <param name="Commit">The commit that undoes it.</param>
/// <param name="At">When.</param>
public sealed record BranchReverted(Guid Evolution, string Branch, string Commit, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>It could not be moved.</summary>
public sealed record BranchNotReverted(Guid Evolution, string Branch, string Reason, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>A promoted version was taken back out of production; the earlier one runs.</summary>
/// <param name="Evolution">Whose candidate it was.</param>
/// <param name="Substrate">Where.</param>
/// <param name="Commit">What was taken back.</param>
/// <param name="LastKnownGood">What runs now.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="By"><c>watch</c>, or the person who asked.</param>
/// <param name="At">When.</param>
public sealed record ProductionRolledBack(
    Guid Evolution, string Substrate, string Commit, string LastKnownGood, string Reason, string By, DateTimeOffset At) : DeploymentEvent(At)
{
    /// <summary>The batch whose failures were to be repaired; null when it is not known.</summary>
    public Guid? Batch { get; init; }

    /// <summary>Evidence that came during the watch and led to it.</summary>
    public ImmutableArray<Guid> Evidence { get; init; } = [];

    /// <summary>What a person must look at; null when the earlier version is healthy.</summary>
    public string? Trouble { get; init; }
}

/// <summary>How a watch ended.</summary>
public enum WatchOutcome
{
    /// <summary>Nothing was wrong and enough was seen to say so: the version is the last known good one.</summary>
    Passed,

    /// <summary>Too little was seen: the version stays, and so does the way back.</summary>
    Inconclusive,

    /// <summary>Another version serves.</summary>
    Superseded,

    /// <summary>It was rolled back.</summary>
    RolledBack,
}
