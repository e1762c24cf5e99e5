using MassTransit;
using Moss.Consents;
using Moss.Contracts;
using Moss.Contracts.Orchestration;
using Moss.Domain.Evolution;

namespace Moss.Orchestrator.Machine;

/// <summary>How messages find their evolution, and what is done with those that come too late.</summary>
internal sealed partial class EvolutionStateMachine
{
    private void CorrelateEverything()
    {
        Event(() => StartRequested, e => e.CorrelateById(c => c.Message.EvolutionId));
        Existing(() => StopRequested, m => m.EvolutionId);
        Existing(() => RestartRequested, m => m.EvolutionId);
        Existing(() => DeadlinePassed, m => m.EvolutionId);
        Existing(() => ConsentGiven, m => m.EvolutionId);
        Existing(() => ConsentSigned, m => m.EvolutionId);
        Existing(() => ConsentRefused, m => m.EvolutionId);
        Existing(() => StageBroke, m => m.Stage.EvolutionId);
        Existing(() => RoleFailed, m => m.Stage.EvolutionId);
        Existing(() => FaultLocated, m => m.Stage.EvolutionId);
        Existing(() => PlanDrafted, m => m.Stage.EvolutionId);
        Existing(() => PlanApproved, m => m.Stage.EvolutionId);
        Existing(() => PlanRejected, m => m.Stage.EvolutionId);
        Existing(() => PlanImplemented, m => m.Stage.EvolutionId);
        Existing(() => ImplementationRefused, m => m.Stage.EvolutionId);
        Existing(() => CodeApproved, m => m.Stage.EvolutionId);
        Existing(() => CodeRejected, m => m.Stage.EvolutionId);
        Existing(() => CandidateBuilt, m => m.Stage.EvolutionId);
        Existing(() => CandidateRefused, m => m.Stage.EvolutionId);
        Existing(() => TrialsCompleted, m => m.Stage.EvolutionId);
        Existing(() => TrialsJudged, m => m.Stage.EvolutionId);
        Existing(() => VerdictProposed, m => m.Stage.EvolutionId);
        Existing(() => CandidatePromoted, m => m.Stage.EvolutionId);
        Existing(() => PromotionRolledBack, m => m.Stage.EvolutionId);
        Existing(() => PromotionRefused, m => m.Stage.EvolutionId);
        Existing(() => ChangeRebased, m => m.Stage.EvolutionId);
        Existing(() => RebaseRefused, m => m.Stage.EvolutionId);
    }

    private void RequestStagesOnEntry()
    {
        foreach (var stage in Enum.GetValues<Stage>())
        {
            WhenEnter(StateOf(Phases.Of(stage)), enter => enter.Request(stage));
        }

        WhenEnter(AwaitingConsent, enter => enter.AskForConsent());
    }

    /// <summary>
    /// An answer in a state that does not wait for it is late or a repetition: what it had to say was recorded, or is no
    /// longer wanted. The feed repeats what the evolution waits for, so ignoring loses nothing.
    /// </summary>
    private void IgnoreWhatComesLate()
    {
        IgnoreExceptIn(StartRequested, Initial);
        IgnoreExceptIn(StopRequested, [.. Working, AwaitingConsent]);
        IgnoreExceptIn(RestartRequested, Stopped, Failed);
        IgnoreExceptIn(DeadlinePassed, [.. Working, AwaitingConsent]);
        IgnoreExceptIn(ConsentGiven, AwaitingConsent);
        IgnoreExceptIn(ConsentSigned, AwaitingConsent);
        IgnoreExceptIn(ConsentRefused, AwaitingConsent);
        IgnoreExceptIn(StageBroke, [.. Working, Promoting]);
        IgnoreExceptIn(RoleFailed, Locating, Planning, ReviewingPlan, ReviewingCode, Judging);
        IgnoreExceptIn(FaultLocated, Locating);
        IgnoreExceptIn(PlanDrafted, Planning);
        IgnoreExceptIn(PlanApproved, ReviewingPlan);
        IgnoreExceptIn(PlanRejected, ReviewingPlan);
        IgnoreExceptIn(PlanImplemented, Implementing);
        IgnoreExceptIn(ImplementationRefused, Implementing);
        IgnoreExceptIn(CodeApproved, ReviewingCode);
        IgnoreExceptIn(CodeRejected, ReviewingCode);
        IgnoreExceptIn(CandidateBuilt, Building);
        IgnoreExceptIn(CandidateRefused, Building);
        IgnoreExceptIn(TrialsCompleted, Baselining, Trialing);
        IgnoreExceptIn(TrialsJudged, Evaluating);
        IgnoreExceptIn(VerdictProposed, Judging);
        IgnoreExceptIn(CandidatePromoted, Promoting);
        IgnoreExceptIn(PromotionRolledBack, Promoting);
        IgnoreExceptIn(PromotionRefused, Promoting);
        IgnoreExceptIn(ChangeRebased, Rebasing);
        IgnoreExceptIn(RebaseRefused, Rebasing);
    }

    private void IgnoreExceptIn<T>(Event<T> message, params IEnumerable<State> waiting)
        where T : class
    {
        foreach (var state in States.Except(waiting).Where(state => state != Initial && state != Final))
        {
            During(state, Ignore(message));
        }
    }

    private void Existing<T>(System.Linq.Expressions.Expression<Func<Event<T>>> message, Func<T, Guid> evolution)
        where T : class =>
        Event(message, e =>
        {
            e.CorrelateById(c => evolution(c.Message));
            e.OnMissingInstance(missing => missing.Discard());
        });

    /// <summary>The answer to what runs now; the same answer to anything else changes nothing.</summary>
    private EventActivityBinder<EvolutionSaga, T> Answer<T>(Event<T> message, Func<T, StageReference> stage)
        where T : class =>
        When(message, context => IsNew(context) && context.Saga.State.IsCurrent(stage(context.Message).ToKey()));

    /// <summary>Consent to exactly what is asked; any other allows nothing, and the question stands.</summary>
    private static bool IsConsentToThis(BehaviorContext<EvolutionSaga, GiveConsent> context) =>
        IsNew(context) && context.Message.Grant is var grant && grant.EvolutionId == context.Saga.CorrelationId
        && context.Saga.State.IsAnsweredBy(grant.Commit, grant.Tree, grant.Image, grant.GivenAt);

    /// <summary>A signature of an approver under exactly what is asked; any other is as if it had not come.</summary>
    private static bool IsSignatureOfThis(BehaviorContext<EvolutionSaga, SignConsent> context) =>
        IsNew(context) && context.Saga.State.IsSignedAnswer(context.Message.Signature.ToConsent(), context.Message.SignedAt, PublicKey.Verifies);

    private static bool HasQuorum(BehaviorContext<EvolutionSaga, SignConsent> context) => context.Saga.State.HasQuorum(context.Message.SignedAt);

    private static bool IsNew<T>(BehaviorContext<EvolutionSaga, T> context)
        where T : class =>
        !context.Saga.HasSeen(context.MessageId);

    private static bool HasMoney<T>(BehaviorContext<EvolutionSaga, T> context)
        where T : class =>
        context.Saga.State.HasMoney;

    private static bool IsWorthTrying<T>(BehaviorContext<EvolutionSaga, T> context)
        where T : class =>
        context.Saga.State.IsWorthTrying();

    private static bool IsEnvironment<T>(BehaviorContext<EvolutionSaga, T> context)
        where T : class =>
        context.Saga.State.Diagnosis is { FailureClass: FailureClass.Environment };

    private static bool HasRebased<T>(BehaviorContext<EvolutionSaga, T> context)
        where T : class =>
        context.Saga.State.IsRebased;

    private static bool IsOvertaken(BehaviorContext<EvolutionSaga, PromotionRefused> context) => context.Message.Serves is not null;

    private static bool IsWallClock(BehaviorContext<EvolutionSaga, DeadlinePassed> context) =>
        context.Message.Kind == DeadlineKinds.WallClock;

    private static bool IsConsentExpiry(BehaviorContext<EvolutionSaga, DeadlinePassed> context) =>
        context.Message.Kind == DeadlineKinds.ConsentExpiry;

    private static bool IsStageTimeout(BehaviorContext<EvolutionSaga, DeadlinePassed> context) =>
        context.Message is { Kind: DeadlineKinds.StageTimeout, Stage: { } stage } && context.Saga.State.IsCurrent(stage.ToKey());
}
