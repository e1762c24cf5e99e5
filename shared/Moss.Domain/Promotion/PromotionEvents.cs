namespace Moss.Domain.Promotion;

/// <summary>What happened in a promotion. Each intent is recorded before its effect, each observation after it.</summary>
/// <param name="At">When it was recorded.</param>
public abstract record PromotionEvent(DateTimeOffset At);

/// <summary>A command was declined before anything was planned.</summary>
public sealed record PromotionDeclined(string Stage, string Ground, string Reason, DateTimeOffset At) : PromotionEvent(At);

/// <summary>Consent was checked and the versions are ready to run; nothing was touched yet.</summary>
public sealed record PromotionPlanned(PromotionPlan Plan, DateTimeOffset At) : PromotionEvent(At);

/// <summary>Given up before anything was touched.</summary>
public sealed record PromotionAbandoned(string Ground, string Reason, DateTimeOffset At) : PromotionEvent(At);

/// <summary>The deployment's own stream now names this version as last known good.</summary>
public sealed record LastKnownGoodRecorded(DeployedVersion Version, DateTimeOffset At) : PromotionEvent(At);

/// <summary>The container of the candidate is there and not started: what can fail before anything is stopped did not.</summary>
public sealed record CandidateMade(DateTimeOffset At) : PromotionEvent(At);

/// <summary>Intent: the running version is about to be stopped. From here on the substrate does not serve.</summary>
public sealed record PreviousStopRequested(DateTimeOffset At) : PromotionEvent(At);

/// <summary>No process of the previous version is left.</summary>
public sealed record PreviousStopped(DateTimeOffset At) : PromotionEvent(At);

/// <summary>Intent: the state is about to be copied, at each attempt anew.</summary>
public sealed record SnapshotRequested(DateTimeOffset At) : PromotionEvent(At);

/// <summary>The state is copied, as the previous version left it.</summary>
public sealed record SnapshotTaken(DateTimeOffset At) : PromotionEvent(At);

/// <summary>It could not be copied; nothing new was started.</summary>
public sealed record SnapshotFailed(string Reason, DateTimeOffset At) : PromotionEvent(At);

/// <summary>Intent: the copy is about to be put back, at each attempt anew.</summary>
public sealed record SnapshotRestoreRequested(DateTimeOffset At) : PromotionEvent(At);

/// <summary>The state is again as the previous version left it.</summary>
public sealed record SnapshotRestored(DateTimeOffset At) : PromotionEvent(At);

/// <summary>Intent: an instance of one arm is about to be started.</summary>
public sealed record StartRequested(PromotionArm Arm, DateTimeOffset At) : PromotionEvent(At);

/// <summary>Its process was seen.</summary>
public sealed record Started(PromotionArm Arm, InstanceProcess Process, DateTimeOffset At) : PromotionEvent(At);

/// <summary>The operating system would not start it.</summary>
public sealed record StartFailed(PromotionArm Arm, string Reason, DateTimeOffset At) : PromotionEvent(At);

/// <summary>A round of probes ended.</summary>
public sealed record Probed(PromotionArm Arm, ProbeObservation Round, DateTimeOffset At) : PromotionEvent(At);

/// <summary>Nobody watched for a while; earlier rounds no longer count and the window begins again.</summary>
public sealed record ProbingResumed(PromotionArm Arm, DateTimeOffset At) : PromotionEvent(At);

/// <summary>The candidate is healthy: the promotion will not be undone any more.</summary>
/// <param name="DowntimeSeconds">From the request to stop the old version to the first round of the passing row.</param>
/// <param name="At">When.</param>
public sealed record CandidateAccepted(double DowntimeSeconds, DateTimeOffset At) : PromotionEvent(At);

/// <summary>The deployment's own stream now names this arm's instance as the one that serves.</summary>
public sealed record ServingRecorded(PromotionArm Arm, DateTimeOffset At) : PromotionEvent(At);

/// <summary>The branch of accepted commits points at the candidate.</summary>
public sealed record BranchPublished(string Branch, string Commit, DateTimeOffset At) : PromotionEvent(At);

/// <summary>The branch could not be moved.</summary>
public sealed record BranchNotPublished(string Branch, string Reason, DateTimeOffset At) : PromotionEvent(At);

/// <summary>The candidate serves, and everything that follows from it is done.</summary>
public sealed record PromotionCommitted(DateTimeOffset At) : PromotionEvent(At);

/// <summary>Intent: the candidate is about to be stopped and the last known good version started.</summary>
public sealed record RollbackDecided(string Reason, DateTimeOffset At) : PromotionEvent(At);

/// <summary>No process of the candidate is left.</summary>
/// <param name="LogTail">The end of what it printed.</param>
/// <param name="At">When.</param>
public sealed record CandidateStopped(string LogTail, DateTimeOffset At) : PromotionEvent(At);

/// <summary>The last known good version serves again.</summary>
public sealed record PromotionUndone(DateTimeOffset At) : PromotionEvent(At);

/// <summary>Neither version came up healthy; what runs was left running and a person must look.</summary>
public sealed record OperatorNeeded(string Reason, DateTimeOffset At) : PromotionEvent(At);

/// <summary>Which of the two versions a promotion starts.</summary>
public enum PromotionArm
{
    /// <summary>The new one.</summary>
    Candidate,

    /// <summary>The last known good one, again.</summary>
    Fallback,
}
