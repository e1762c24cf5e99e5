using System.Collections.Immutable;

namespace Moss.Domain.Promotion;

/// <summary>How a promotion ended.</summary>
public enum PromotionOutcome
{
    /// <summary>The candidate serves.</summary>
    Committed,

    /// <summary>The last known good version serves again.</summary>
    RolledBack,

    /// <summary>Nothing was touched.</summary>
    Abandoned,

    /// <summary>Neither version is healthy.</summary>
    OperatorNeeded,
}

/// <summary>How far one arm's instance has come.</summary>
public sealed record ArmProgress
{
    /// <summary>When its start was last decided; null before.</summary>
    public DateTimeOffset? StartRequestedAt { get; init; }

    /// <summary>Its process, once seen.</summary>
    public InstanceProcess? Process { get; init; }

    /// <summary>Since when its probes count.</summary>
    public DateTimeOffset? WatchedSince { get; init; }

    /// <summary>True when nobody has watched it since it was started or last probed.</summary>
    public bool Unwatched { get; init; }

    /// <summary>Starts that were decided.</summary>
    public int Starts { get; init; }

    /// <summary>Why the last start came to nothing; null when it did not.</summary>
    public string? StartFailure { get; init; }

    /// <summary>All rounds of probes, oldest first.</summary>
    public ImmutableArray<ProbeObservation> Rounds { get; init; } = [];

    /// <summary>True when the deployment's stream names it as serving.</summary>
    public bool ServingRecorded { get; init; }

    internal ArmProgress Apply(PromotionEvent happened) => happened switch
    {
        StartRequested e => this with { StartRequestedAt = e.At, Starts = Starts + 1, Process = null, WatchedSince = null, StartFailure = null, Unwatched = false },
        Started e => this with { Process = e.Process, WatchedSince = e.At },
        StartFailed e => this with { StartFailure = e.Reason },
        Probed e => this with { Rounds = Rounds.Add(e.Round), Unwatched = false },
        ProbingResumed e => this with { WatchedSince = e.At, Unwatched = true },
        Promotion.ServingRecorded => this with { ServingRecorded = true },
        _ => this,
    };
}

/// <summary>A signed consent and the command that it was used for.</summary>
/// <param name="Hash">Of its text.</param>
/// <param name="Stage">Key of the command.</param>
public sealed record ConsentUse(string Hash, string Stage);

/// <summary>The fold of one promotion's events. A new plan after an end begins a new attempt in the same stream.</summary>
public sealed record PromotionState
{
    /// <summary>Before anything happened.</summary>
    public static PromotionState None { get; } = new();

    /// <summary>Plans made so far in this stream.</summary>
    public int Attempt { get; init; }

    /// <summary>The signed consents that plans in this stream rested on, over all attempts.</summary>
    public ImmutableArray<ConsentUse> Consents { get; init; } = [];

    /// <summary>The current or last plan.</summary>
    public PromotionPlan? Plan { get; init; }

    /// <summary>How it ended; null while it goes on.</summary>
    public PromotionOutcome? Outcome { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Ground of an abandoned one: ConsentExpired, NotReady …</summary>
    public string? Ground { get; init; }

    /// <summary>Why it was abandoned or left to a person.</summary>
    public string? Reason { get; init; }

    /// <summary>True when the last known good version is on record.</summary>
    public bool LastKnownGoodRecorded { get; init; }

    /// <summary>True when the candidate's container is there.</summary>
    public bool CandidateMade { get; init; }

    /// <summary>When the old version was about to be stopped; null while nothing was touched.</summary>
    public DateTimeOffset? StopRequestedAt { get; init; }

    /// <summary>True when it was seen to be gone.</summary>
    public bool PreviousStopped { get; init; }

    /// <summary>True when the state is copied.</summary>
    public bool SnapshotTaken { get; init; }

    /// <summary>Why it could not be copied; null when it was, or was not tried.</summary>
    public string? SnapshotFailure { get; init; }

    /// <summary>True when the copy was put back.</summary>
    public bool SnapshotRestored { get; init; }

    /// <summary>The new version's instance.</summary>
    public ArmProgress Candidate { get; init; } = new();

    /// <summary>When the candidate was accepted.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Seconds in which the substrate did not serve.</summary>
    public double DowntimeSeconds { get; init; }

    /// <summary>True when publishing the branch was tried and came to an end.</summary>
    public bool PublishTried { get; init; }

    /// <summary>Why the branch is not published; null when it is, or was not tried.</summary>
    public string? PublishFailure { get; init; }

    /// <summary>Why it is undone; null while it is not.</summary>
    public string? RollbackReason { get; init; }

    /// <summary>True when the failed candidate was seen to be gone.</summary>
    public bool CandidateStopped { get; init; }

    /// <summary>The end of what the failed candidate printed.</summary>
    public string LogTail { get; init; } = "";

    /// <summary>The last known good version's instance.</summary>
    public ArmProgress Fallback { get; init; } = new();

    /// <summary>True while there is something left to do.</summary>
    public bool Open => Plan is not null && Outcome is null;

    /// <summary>True once the running version was, or may have been, disturbed.</summary>
    public bool Touched => StopRequestedAt is not null;

    /// <summary>The fold.</summary>
    public static PromotionState Of(IEnumerable<PromotionEvent> events) => events.Aggregate(None, (state, happened) => state.Apply(happened));

    /// <summary>The state after one more event.</summary>
    public PromotionState Apply(PromotionEvent happened) => happened switch
    {
        PromotionDeclined or SnapshotRequested or SnapshotRestoreRequested => this,
        PromotionPlanned e => new() { Plan = e.Plan, Attempt = Attempt + 1, Consents = [.. Consents, .. UsedBy(e.Plan)] },
        PromotionAbandoned e => End(PromotionOutcome.Abandoned, e.At) with { Ground = e.Ground, Reason = e.Reason },
        Promotion.LastKnownGoodRecorded => this with { LastKnownGoodRecorded = true },
        Promotion.CandidateMade => this with { CandidateMade = true },
        PreviousStopRequested e => this with { StopRequestedAt = e.At },
        Promotion.PreviousStopped => this with { PreviousStopped = true },
        Promotion.SnapshotTaken => this with { SnapshotTaken = true },
        SnapshotFailed e => this with { SnapshotFailure = e.Reason },
        Promotion.SnapshotRestored => this with { SnapshotRestored = true },
        StartRequested e => On(e.Arm, e),
        Started e => On(e.Arm, e),
        StartFailed e => On(e.Arm, e),
        Probed e => On(e.Arm, e),
        ProbingResumed e => On(e.Arm, e),
        ServingRecorded e => On(e.Arm, e),
        CandidateAccepted e => this with { AcceptedAt = e.At, DowntimeSeconds = e.DowntimeSeconds },
        BranchPublished => this with { PublishTried = true },
        BranchNotPublished e => this with { PublishTried = true, PublishFailure = e.Reason },
        PromotionCommitted e => End(PromotionOutcome.Committed, e.At),
        RollbackDecided e => this with { RollbackReason = e.Reason },
        Promotion.CandidateStopped e => this with { CandidateStopped = true, LogTail = e.LogTail },
        PromotionUndone e => End(PromotionOutcome.RolledBack, e.At),
        OperatorNeeded e => End(PromotionOutcome.OperatorNeeded, e.At) with { Reason = e.Reason },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "an event without a meaning for the fold"),
    };

    /// <summary>The progress of one arm.</summary>
    public ArmProgress Of(PromotionArm arm) => arm == PromotionArm.Candidate ? Candidate : Fallback;

    /// <summary>Consents that another command used up: what one was given for is done once.</summary>
    /// <param name="stage">Key of the command that asks; it may be begun again with its own.</param>
    public ImmutableArray<string> UsedBefore(string stage) => [.. Consents.Where(use => use.Stage != stage).Select(use => use.Hash)];

    private static IEnumerable<ConsentUse> UsedBy(PromotionPlan plan) =>
        plan.Consents.IsDefault ? [] : plan.Consents.Select(hash => new ConsentUse(hash, plan.Stage));

    private PromotionState On(PromotionArm arm, PromotionEvent happened) => arm == PromotionArm.Candidate
        ? this with { Candidate = Candidate.Apply(happened) }
        : this with { Fallback = Fallback.Apply(happened) };

    private PromotionState End(PromotionOutcome outcome, DateTimeOffset at) => this with { Outcome = outcome, EndedAt = at };
}
