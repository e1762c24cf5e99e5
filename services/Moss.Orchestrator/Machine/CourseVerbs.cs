using MassTransit;
using Moss.Contracts;
using Moss.Contracts.Orchestration;
using Moss.Domain.Evolution;

namespace Moss.Orchestrator.Machine;

/// <summary>The verbs of the table that choose where it goes on, each by one question to the domain, and those that end it.</summary>
internal static class CourseVerbs
{
    /// <summary>Goes on to a stage that costs money, or ends for want of it.</summary>
    public static EventActivityBinder<EvolutionSaga, T> ProceedTo<T>(this EventActivityBinder<EvolutionSaga, T> when, State next, State concluded)
        where T : class =>
        when.IfElse(c => c.Saga.State.HasMoney,
            rich => rich.TransitionTo(next),
            poor => poor.Record((s, _) => Endings.OutOfMoney(s)).TransitionTo(concluded));

    /// <summary>Another plan, or the end of the iteration.</summary>
    public static EventActivityBinder<EvolutionSaga, T> PlanAgainOr<T>(
        this EventActivityBinder<EvolutionSaga, T> when, State planning, State locating, State concluded)
        where T : class =>
        when.IfElse(c => c.Saga.State.MayPlanAgain(),
            again => again.Enter(planning, Stage.Plan),
            spent => spent.RuleWithoutTrials().IterateOrConclude(locating, concluded));

    /// <summary>Another change, or the end of the iteration.</summary>
    public static EventActivityBinder<EvolutionSaga, T> WriteAgainOr<T>(
        this EventActivityBinder<EvolutionSaga, T> when, State implementing, State locating, State concluded)
        where T : class =>
        when.IfElse(c => c.Saga.State.MayWriteAgain(),
            again => again.Enter(implementing, Stage.Implement),
            spent => spent.RuleWithoutTrials().IterateOrConclude(locating, concluded));

    /// <summary>MassTransit enters no state that it is in already: there the stage is asked for again here.</summary>
    private static EventActivityBinder<EvolutionSaga, T> Enter<T>(this EventActivityBinder<EvolutionSaga, T> when, State next, Stage stage)
        where T : class =>
        when.IfElse(c => c.Saga.CurrentState == next.Name,
            same => same.Record((s, _) => new StageRequested(s.KeyOnEntering(stage))),
            other => other.TransitionTo(next));

    public static EventActivityBinder<EvolutionSaga, T> RuleWithoutTrials<T>(this EventActivityBinder<EvolutionSaga, T> when)
        where T : class =>
        when.Record((s, _) => Rulings.WithoutTrials(s));

    public static EventActivityBinder<EvolutionSaga, T> RuleOnTrials<T>(this EventActivityBinder<EvolutionSaga, T> when)
        where T : class =>
        when.Record((s, _) => Rulings.OnTrials(s));

    /// <summary>The next iteration, or the end with the ruling as it stands.</summary>
    public static EventActivityBinder<EvolutionSaga, T> IterateOrConclude<T>(
        this EventActivityBinder<EvolutionSaga, T> when, State next, State concluded)
        where T : class =>
        when.IfElse(c => c.Saga.State.IsFinal(),
            over => over.Record((s, _) => Endings.AsRuled(s)).TransitionTo(concluded),
            more => more.IfElse(c => c.Saga.State.HasMoney,
                rich => rich.Enter(next, Stage.Locate),
                poor => poor.Record((s, _) => Endings.OutOfMoney(s)).TransitionTo(concluded)));

    /// <summary>A converged candidate is offered to a person; any other leads on.</summary>
    public static EventActivityBinder<EvolutionSaga, T> OfferOrIterate<T>(this EventActivityBinder<EvolutionSaga, T> when, EvolutionStateMachine machine)
        where T : class =>
        when.IfElse(c => c.Saga.State.HasConverged(),
            converged => converged.TransitionTo(machine.AwaitingConsent),
            unresolved => unresolved.IterateOrConclude(machine.Locating, machine.Concluded));

    public static EventActivityBinder<EvolutionSaga, StageBroke> TryAgainOrFail(this EventActivityBinder<EvolutionSaga, StageBroke> when, State failed) =>
        when.SpendIfAny(m => m.Stage, m => m.Spending)
            .Record((_, m) => new StageBroken(m.Stage.ToKey(), m.Reason, m.Transient))
            .IfElse(c => c.Saga.State.MayTryAgain(c.Message.Transient),
                again => again.Record((s, _) => new StageRequested(s.Current!)),
                broken => broken.Record((s, m) => Endings.Broken(s, m.Reason)).TransitionTo(failed));

    public static EventActivityBinder<EvolutionSaga, RestartEvolution> Restart(this EventActivityBinder<EvolutionSaga, RestartEvolution> when) =>
        when.Record((_, m) => new EvolutionRestarted(m.RequestedBy));

    /// <summary>Asks again for the stage that it was in.</summary>
    public static EventActivityBinder<EvolutionSaga, T> ResumeAt<T>(this EventActivityBinder<EvolutionSaga, T> when, EvolutionStateMachine machine)
        where T : class =>
        when.ThenAsync(c => c.TransitionToState(machine.StateOf(Phases.Of(c.Saga.State.Current!.Stage))));

    public static EventActivityBinder<EvolutionSaga, StopEvolution> Stop(this EventActivityBinder<EvolutionSaga, StopEvolution> when) =>
        when.Record((_, m) => new StopRequested(m.RequestedBy)).Record((s, m) => Endings.Stopped(m.RequestedBy));

    public static EventActivityBinder<EvolutionSaga, DeadlinePassed> FailForTime(this EventActivityBinder<EvolutionSaga, DeadlinePassed> when) =>
        when.Record((s, _) => Endings.LateAnswer(s));

    public static EventActivityBinder<EvolutionSaga, DeadlinePassed> ConcludeWallClock(this EventActivityBinder<EvolutionSaga, DeadlinePassed> when) =>
        when.Record((_, _) => new WallClockPassed()).Record((s, _) => Endings.OutOfTime(s));

    public static EventActivityBinder<EvolutionSaga, DeadlinePassed> ConcludeExpired(this EventActivityBinder<EvolutionSaga, DeadlinePassed> when) =>
        when.Record((_, _) => new ConsentExpired()).Record((s, _) => Endings.NotPromoted(s, Endings.NobodyConsented));

    public static EventActivityBinder<EvolutionSaga, RefuseConsent> ConcludeRefused(this EventActivityBinder<EvolutionSaga, RefuseConsent> when) =>
        when.Record((_, m) => new ConsentRefused(m.RefusedBy, m.Reason))
            .Record((s, m) => Endings.NotPromoted(s, $"{m.RefusedBy} refused consent: {m.Reason}"));

    public static EventActivityBinder<EvolutionSaga, T> ConcludeNothingToTry<T>(this EventActivityBinder<EvolutionSaga, T> when)
        where T : class =>
        when.Record((s, _) => Endings.NothingToTry(s));

    public static EventActivityBinder<EvolutionSaga, T> ConcludeEnvironment<T>(this EventActivityBinder<EvolutionSaga, T> when)
        where T : class =>
        when.Record((s, _) => Endings.Environment(s));

    public static EventActivityBinder<EvolutionSaga, CandidatePromoted> ConcludePromoted(this EventActivityBinder<EvolutionSaga, CandidatePromoted> when) =>
        when.Record((_, m) => new Facts.CandidatePromoted(m.Stage.ToKey(), m.Commit, m.DowntimeSeconds)).Record((s, _) => Endings.Promoted(s));

    public static EventActivityBinder<EvolutionSaga, PromotionRolledBack> ConcludeRolledBack(
        this EventActivityBinder<EvolutionSaga, PromotionRolledBack> when) =>
        when.Record((_, m) => new Facts.PromotionRolledBack(m.Stage.ToKey(), m.Commit, m.LastKnownGood, m.Reason))
            .Record((s, m) => Endings.RolledBack(s, m.Reason));

    public static EventActivityBinder<EvolutionSaga, PromotionRefused> ConcludePromotionRefused(
        this EventActivityBinder<EvolutionSaga, PromotionRefused> when) =>
        when.Record((_, m) => new Facts.PromotionRefused(m.Stage.ToKey(), m.Ground, m.Reason))
            .Record((s, m) => Endings.NotPromoted(s, m.Reason));
}
