using Moss.Domain.Promotion;
using Moss.EventStore;

namespace Moss.Deployment;

/// <summary>The names under which this service's events are stored.</summary>
internal static class DeploymentCatalog
{
    public static void Add(EventCatalog catalog) => catalog
        .Add<PromotionDeclined>("promotion.declined.v1")
        .Add<PromotionPlanned>("promotion.planned.v1")
        .Add<PromotionAbandoned>("promotion.abandoned.v1")
        .Add<LastKnownGoodRecorded>("promotion.last-known-good-recorded.v1")
        .Add<PreviousStopRequested>("promotion.previous-stop-requested.v1")
        .Add<PreviousStopped>("promotion.previous-stopped.v1")
        .Add<StartRequested>("promotion.start-requested.v1")
        .Add<Started>("promotion.started.v1")
        .Add<StartFailed>("promotion.start-failed.v1")
        .Add<Probed>("promotion.probed.v1")
        .Add<ProbingResumed>("promotion.probing-resumed.v1")
        .Add<CandidateAccepted>("promotion.candidate-accepted.v1")
        .Add<ServingRecorded>("promotion.serving-recorded.v1")
        .Add<BranchPublished>("promotion.branch-published.v1")
        .Add<BranchNotPublished>("promotion.branch-not-published.v1")
        .Add<PromotionCommitted>("promotion.committed.v1")
        .Add<RollbackDecided>("promotion.rollback-decided.v1")
        .Add<CandidateStopped>("promotion.candidate-stopped.v1")
        .Add<PromotionUndone>("promotion.undone.v1")
        .Add<OperatorNeeded>("promotion.operator-needed.v1")
        .Add<InstanceStartRequested>("deployment.instance-start-requested.v1")
        .Add<InstanceStartFailed>("deployment.instance-start-failed.v1")
        .Add<InstanceServing>("deployment.instance-serving.v1")
        .Add<InstanceStopRequested>("deployment.instance-stop-requested.v1")
        .Add<InstanceStopped>("deployment.instance-stopped.v1")
        .Add<LastKnownGoodKept>("deployment.last-known-good-kept.v1")
        .Add<PromotionOpened>("deployment.promotion-opened.v1")
        .Add<PromotionClosed>("deployment.promotion-closed.v1");
}
