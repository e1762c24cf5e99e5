namespace Moss.Domain.Promotion;

/// <summary>The names under which events of promotions and deployments are stored; they never change.</summary>
public static class PromotionCatalogNames
{
    /// <summary>Type by name.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["promotion.declined.v1"] = typeof(PromotionDeclined),
        ["promotion.planned.v1"] = typeof(PromotionPlanned),
        ["promotion.abandoned.v1"] = typeof(PromotionAbandoned),
        ["promotion.last-known-good-recorded.v1"] = typeof(LastKnownGoodRecorded),
        ["promotion.candidate-made.v1"] = typeof(CandidateMade),
        ["promotion.snapshot-requested.v1"] = typeof(SnapshotRequested),
        ["promotion.snapshot-taken.v1"] = typeof(SnapshotTaken),
        ["promotion.snapshot-failed.v1"] = typeof(SnapshotFailed),
        ["promotion.snapshot-restore-requested.v1"] = typeof(SnapshotRestoreRequested),
        ["promotion.snapshot-restored.v1"] = typeof(SnapshotRestored),
        ["promotion.previous-stop-requested.v1"] = typeof(PreviousStopRequested),
        ["promotion.previous-stopped.v1"] = typeof(PreviousStopped),
        ["promotion.start-requested.v1"] = typeof(StartRequested),
        ["promotion.started.v1"] = typeof(Started),
        ["promotion.start-failed.v1"] = typeof(StartFailed),
        ["promotion.probed.v1"] = typeof(Probed),
        ["promotion.probing-resumed.v1"] = typeof(ProbingResumed),
        ["promotion.candidate-accepted.v1"] = typeof(CandidateAccepted),
        ["promotion.serving-recorded.v1"] = typeof(ServingRecorded),
        ["promotion.branch-published.v1"] = typeof(BranchPublished),
        ["promotion.branch-not-published.v1"] = typeof(BranchNotPublished),
        ["promotion.committed.v1"] = typeof(PromotionCommitted),
        ["promotion.rollback-decided.v1"] = typeof(RollbackDecided),
        ["promotion.candidate-stopped.v1"] = typeof(CandidateStopped),
        ["promotion.undone.v1"] = typeof(PromotionUndone),
        ["promotion.operator-needed.v1"] = typeof(OperatorNeeded),
        ["deployment.instance-start-requested.v1"] = typeof(InstanceStartRequested),
        ["deployment.instance-start-failed.v1"] = typeof(InstanceStartFailed),
        ["deployment.instance-serving.v1"] = typeof(InstanceServing),
        ["deployment.instance-stop-requested.v1"] = typeof(InstanceStopRequested),
        ["deployment.instance-stopped.v1"] = typeof(InstanceStopped),
        ["deployment.last-known-good-kept.v1"] = typeof(LastKnownGoodKept),
        ["deployment.promotion-opened.v1"] = typeof(PromotionOpened),
        ["deployment.promotion-closed.v1"] = typeof(PromotionClosed),
    };
}
