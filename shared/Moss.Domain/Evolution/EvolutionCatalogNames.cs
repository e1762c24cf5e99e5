using Moss.Domain.Money;

namespace Moss.Domain.Evolution;

/// <summary>The names under which events of an evolution are stored; they never change.</summary>
public static class EvolutionCatalogNames
{
    /// <summary>Type by name.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["evolution.started.v1"] = typeof(EvolutionStarted),
        ["evolution.stage-requested.v1"] = typeof(StageRequested),
        ["evolution.baseline-measured.v1"] = typeof(BaselineMeasured),
        ["evolution.fault-located.v1"] = typeof(FaultLocated),
        ["evolution.plan-drafted.v1"] = typeof(PlanDrafted),
        ["evolution.plan-approved.v1"] = typeof(PlanApproved),
        ["evolution.plan-rejected.v1"] = typeof(PlanRejected),
        ["evolution.change-committed.v1"] = typeof(ChangeCommitted),
        ["evolution.change-refused.v1"] = typeof(ChangeRefused),
        ["evolution.change-approved.v1"] = typeof(ChangeApproved),
        ["evolution.change-rejected.v1"] = typeof(ChangeRejected),
        ["evolution.candidate-built.v1"] = typeof(CandidateBuilt),
        ["evolution.candidate-refused.v1"] = typeof(CandidateRefused),
        ["evolution.trials-completed.v1"] = typeof(TrialsCompleted),
        ["evolution.trials-judged.v1"] = typeof(TrialsJudged),
        ["evolution.verdict-proposed.v1"] = typeof(VerdictProposed),
        ["evolution.iteration-ruled.v1"] = typeof(IterationRuled),
        ["evolution.role-failed.v1"] = typeof(RoleFailed),
        ["evolution.money-spent.v1"] = typeof(MoneySpent),
        ["evolution.stage-broken.v1"] = typeof(StageBroken),
        ["evolution.consent-requested.v1"] = typeof(ConsentRequested),
        ["evolution.consent-given.v1"] = typeof(ConsentGiven),
        ["evolution.consent-signed.v1"] = typeof(ConsentSigned),
        ["evolution.consent-refused.v1"] = typeof(ConsentRefused),
        ["evolution.consent-expired.v1"] = typeof(ConsentExpired),
        ["evolution.candidate-promoted.v1"] = typeof(CandidatePromoted),
        ["evolution.promotion-rolled-back.v1"] = typeof(PromotionRolledBack),
        ["evolution.promotion-refused.v1"] = typeof(PromotionRefused),
        ["evolution.change-rebased.v1"] = typeof(ChangeRebased),
        ["evolution.rebase-refused.v1"] = typeof(RebaseRefused),
        ["evolution.stop-requested.v1"] = typeof(StopRequested),
        ["evolution.wall-clock-passed.v1"] = typeof(WallClockPassed),
        ["evolution.restarted.v1"] = typeof(EvolutionRestarted),
        ["evolution.rolled-back-in-production.v1"] = typeof(RolledBackInProduction),
        ["evolution.ended.v1"] = typeof(EvolutionEnded),
        ["batch.evolution-requested.v1"] = typeof(EvolutionRequested),
        ["money.reserved.v1"] = typeof(MoneyReserved),
        ["money.released.v1"] = typeof(MoneyReleased),
        ["intent.stop-asked.v1"] = typeof(StopAsked),
        ["intent.restart-asked.v1"] = typeof(RestartAsked),
        ["intent.consent-answered.v1"] = typeof(ConsentAnswered),
        ["intent.consent-signed.v1"] = typeof(ConsentSignatureGiven),
    };
}
