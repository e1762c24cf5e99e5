namespace Moss.Domain.Promotion;

/// <summary>What happened to a substrate's running instance, over all its promotions.</summary>
/// <param name="At">When it was recorded.</param>
public abstract record DeploymentEvent(DateTimeOffset At);

/// <summary>Intent: an instance is about to be started, outside any promotion.</summary>
/// <param name="Instance">Which.</param>
/// <param name="Cause">Why.</param>
/// <param name="At">When.</param>
public sealed record InstanceStartRequested(Instance Instance, ServingCause Cause, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>It could not be started or did not come up healthy; nothing of it runs.</summary>
public sealed record InstanceStartFailed(string Marker, string Reason, string LogTail, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>An instance passed its probes, or was left as the one that serves.</summary>
public sealed record InstanceServing(Instance Instance, InstanceProcess? Process, ServingCause Cause, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>A person stopped it; it stays stopped.</summary>
public sealed record InstanceStopRequested(string Actor, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>Nothing of it runs any more.</summary>
public sealed record InstanceStopped(string Marker, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>This version is the one that a rollback returns to, until the next such event.</summary>
public sealed record LastKnownGoodKept(DeployedVersion Version, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>A promotion has begun; there is no other until it is closed.</summary>
public sealed record PromotionOpened(Guid Evolution, string Stage, DateTimeOffset At) : DeploymentEvent(At);

/// <summary>It ended.</summary>
public sealed record PromotionClosed(Guid Evolution, string Commit, PromotionOutcome? Outcome, string Reason, DateTimeOffset At)
    : DeploymentEvent(At);

/// <summary>Why an instance runs.</summary>
public enum ServingCause
{
    /// <summary>A person started it.</summary>
    Start,

    /// <summary>It should have been running and was not.</summary>
    Repair,

    /// <summary>Its candidate was promoted.</summary>
    Promotion,

    /// <summary>A promotion was undone.</summary>
    Rollback,
}
