using MassTransit;
using Moss.Contracts;
using Moss.Contracts.Implementation;
using Moss.Contracts.Orchestration;
using Moss.Contracts.Planning;
using Moss.Domain.Evolution;

namespace Moss.Orchestrator.Machine;

/// <summary>
/// The table of an evolution: in which state which message does what. Verbs are in <see cref="EvolutionVerbs"/>; what they
/// decide is in Moss.Domain. Entering a state asks for its stage; the event store's feed carries the request to a worker.
/// </summary>
internal sealed partial class EvolutionStateMachine : MassTransitStateMachine<EvolutionSaga>
{
    public EvolutionStateMachine()
    {
        InstanceState(saga => saga.CurrentState);
        CorrelateEverything();
        RequestStagesOnEntry();

        Initially(
            When(StartRequested).Begin().TransitionTo(Baselining));

        During(Baselining,
            Answer(TrialsCompleted, m => m.Stage).RecordBaseline()
                .IfElse(IsWorthTrying,
                    worth => worth.IfElse(HasRebased,
                        rebased => rebased.TransitionTo(Building),
                        fresh => fresh.ProceedTo(Locating, Concluded)),
                    nothing => nothing.ConcludeNothingToTry().TransitionTo(Concluded)));

        During(Locating,
            Answer(FaultLocated, m => m.Stage).RecordDiagnosis()
                .IfElse(IsEnvironment,
                    outage => outage.ConcludeEnvironment().TransitionTo(Concluded),
                    code => code.ProceedTo(Planning, Concluded)),
            Answer(RoleFailed, m => m.Stage).RecordRoleFailure().RuleWithoutTrials().IterateOrConclude(Locating, Concluded));

        During(Planning,
            Answer(PlanDrafted, m => m.Stage).RecordPlan().ProceedTo(ReviewingPlan, Concluded),
            Answer(RoleFailed, m => m.Stage).RecordRoleFailure().PlanAgainOr(Planning, Locating, Concluded));

        During(ReviewingPlan,
            Answer(PlanApproved, m => m.Stage).RecordApproval().ProceedTo(Implementing, Concluded),
            Answer(PlanRejected, m => m.Stage).RecordRejection().PlanAgainOr(Planning, Locating, Concluded),
            Answer(RoleFailed, m => m.Stage).RecordRoleFailure().PlanAgainOr(Planning, Locating, Concluded));

        During(Implementing,
            Answer(PlanImplemented, m => m.Stage).RecordChange().ProceedTo(ReviewingCode, Concluded),
            Answer(ImplementationRefused, m => m.Stage).RecordRefusal().WriteAgainOr(Implementing, Locating, Concluded));

        During(ReviewingCode,
            Answer(CodeApproved, m => m.Stage).RecordApproval().TransitionTo(Building),
            Answer(CodeRejected, m => m.Stage).RecordRejection().WriteAgainOr(Implementing, Locating, Concluded),
            Answer(RoleFailed, m => m.Stage).RecordRoleFailure().WriteAgainOr(Implementing, Locating, Concluded));

        During(Building,
            Answer(CandidateBuilt, m => m.Stage).RecordBuild().TransitionTo(Trialing),
            Answer(CandidateRefused, m => m.Stage).RecordRefusal().RuleWithoutTrials().IterateOrConclude(Locating, Concluded));

        During(Trialing,
            Answer(TrialsCompleted, m => m.Stage).RecordTrials().TransitionTo(Evaluating));

        During(Evaluating,
            Answer(TrialsJudged, m => m.Stage).RecordJudgement()
                .IfElse(HasMoney, rich => rich.TransitionTo(Judging), poor => poor.RuleOnTrials().OfferOrIterate(this)));

        During(Judging,
            Answer(VerdictProposed, m => m.Stage).RecordProposal().RuleOnTrials().OfferOrIterate(this),
            Answer(RoleFailed, m => m.Stage).RecordRoleFailure().RuleOnTrials().OfferOrIterate(this));

        During(AwaitingConsent,
            When(ConsentGiven, IsConsentToThis).RecordConsent().TransitionTo(Promoting),
            When(ConsentSigned, IsSignatureOfThis).RecordSignature().If(HasQuorum, enough => enough.RecordQuorum().TransitionTo(Promoting)),
            When(ConsentRefused, IsNew).ConcludeRefused().TransitionTo(Concluded),
            When(DeadlinePassed, IsConsentExpiry).ConcludeExpired().TransitionTo(Concluded),
            When(StopRequested, IsNew).Stop().TransitionTo(Stopped));

        During(Promoting,
            Answer(CandidatePromoted, m => m.Stage).ConcludePromoted().TransitionTo(Promoted),
            Answer(PromotionRolledBack, m => m.Stage).ConcludeRolledBack().TransitionTo(RolledBack),
            Answer(PromotionRefused, m => m.Stage)
                .IfElse(IsOvertaken,
                    overtaken => overtaken.RecordOvertaken().TransitionTo(Rebasing),
                    refused => refused.ConcludePromotionRefused().TransitionTo(Concluded)),
            Answer(StageBroke, m => m.Stage).TryAgainOrFail(Failed));

        During(Rebasing,
            Answer(ChangeRebased, m => m.Stage).RecordRebase().TransitionTo(Baselining),
            Answer(RebaseRefused, m => m.Stage).RecordRefusal().RuleWithoutTrials().IterateOrConclude(Baselining, Concluded));

        foreach (var working in Working)
        {
            During(working,
                Answer(StageBroke, m => m.Stage).TryAgainOrFail(Failed),
                When(StopRequested, IsNew).Stop().TransitionTo(Stopped),
                When(DeadlinePassed, IsStageTimeout).FailForTime().TransitionTo(Failed),
                When(DeadlinePassed, IsWallClock).ConcludeWallClock().TransitionTo(Concluded));
        }

        foreach (var resumable in new[] { Stopped, Failed })
        {
            During(resumable, When(RestartRequested, IsNew).Restart().ResumeAt(this));
        }

        IgnoreWhatComesLate();
    }

    public State Baselining { get; private set; } = null!;
    public State Locating { get; private set; } = null!;
    public State Planning { get; private set; } = null!;
    public State ReviewingPlan { get; private set; } = null!;
    public State Implementing { get; private set; } = null!;
    public State ReviewingCode { get; private set; } = null!;
    public State Building { get; private set; } = null!;
    public State Trialing { get; private set; } = null!;
    public State Evaluating { get; private set; } = null!;
    public State Judging { get; private set; } = null!;
    public State AwaitingConsent { get; private set; } = null!;
    public State Promoting { get; private set; } = null!;
    public State Rebasing { get; private set; } = null!;
    public State Promoted { get; private set; } = null!;
    public State RolledBack { get; private set; } = null!;
    public State Concluded { get; private set; } = null!;
    public State Stopped { get; private set; } = null!;
    public State Failed { get; private set; } = null!;

    public Event<StartEvolution> StartRequested { get; private set; } = null!;
    public Event<StopEvolution> StopRequested { get; private set; } = null!;
    public Event<RestartEvolution> RestartRequested { get; private set; } = null!;
    public Event<DeadlinePassed> DeadlinePassed { get; private set; } = null!;
    public Event<GiveConsent> ConsentGiven { get; private set; } = null!;
    public Event<SignConsent> ConsentSigned { get; private set; } = null!;
    public Event<RefuseConsent> ConsentRefused { get; private set; } = null!;
    public Event<StageBroke> StageBroke { get; private set; } = null!;
    public Event<RoleFailed> RoleFailed { get; private set; } = null!;
    public Event<FaultLocated> FaultLocated { get; private set; } = null!;
    public Event<PlanDrafted> PlanDrafted { get; private set; } = null!;
    public Event<PlanApproved> PlanApproved { get; private set; } = null!;
    public Event<PlanRejected> PlanRejected { get; private set; } = null!;
    public Event<PlanImplemented> PlanImplemented { get; private set; } = null!;
    public Event<ImplementationRefused> ImplementationRefused { get; private set; } = null!;
    public Event<CodeApproved> CodeApproved { get; private set; } = null!;
    public Event<CodeRejected> CodeRejected { get; private set; } = null!;
    public Event<CandidateBuilt> CandidateBuilt { get; private set; } = null!;
    public Event<CandidateRefused> CandidateRefused { get; private set; } = null!;
    public Event<TrialsCompleted> TrialsCompleted { get; private set; } = null!;
    public Event<TrialsJudged> TrialsJudged { get; private set; } = null!;
    public Event<VerdictProposed> VerdictProposed { get; private set; } = null!;
    public Event<CandidatePromoted> CandidatePromoted { get; private set; } = null!;
    public Event<PromotionRolledBack> PromotionRolledBack { get; private set; } = null!;
    public Event<PromotionRefused> PromotionRefused { get; private set; } = null!;
    public Event<ChangeRebased> ChangeRebased { get; private set; } = null!;
    public Event<RebaseRefused> RebaseRefused { get; private set; } = null!;

    /// <summary>States in which Moss or an agent works on a candidate.</summary>
    public IReadOnlyList<State> Working =>
        [Baselining, Locating, Planning, ReviewingPlan, Implementing, ReviewingCode, Building, Trialing, Evaluating, Judging, Rebasing];

    /// <summary>The state that stands for a phase.</summary>
    public State<EvolutionSaga> StateOf(Phase phase) => GetState(phase.ToString());
}
