using MassTransit;
using Moss.Contracts;
using Moss.Contracts.Implementation;
using Moss.Contracts.Orchestration;
using Moss.Contracts.Planning;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Orchestrator.Machine;

/// <summary>The verbs of the table that write down what was answered.</summary>
internal static class EvolutionVerbs
{
    public static EventActivityBinder<EvolutionSaga> Request(this EventActivityBinder<EvolutionSaga> enter, Stage stage) =>
        enter.Then(c => c.Saga.Record(new StageRequested(c.Saga.State.KeyOnEntering(stage))));

    public static EventActivityBinder<EvolutionSaga> AskForConsent(this EventActivityBinder<EvolutionSaga> enter) =>
        enter.Then(c => c.Saga.Record(Offers.Of(c.Saga.State)));

    public static EventActivityBinder<EvolutionSaga, StartEvolution> Begin(this EventActivityBinder<EvolutionSaga, StartEvolution> when) =>
        when.Record((_, m) => m.ToEvent());

    public static EventActivityBinder<EvolutionSaga, TrialsCompleted> RecordBaseline(this EventActivityBinder<EvolutionSaga, TrialsCompleted> when) =>
        when.Record((_, m) => new BaselineMeasured(m.Stage.ToKey(), m.Trials.ToResults(), m.ResultsArtifact)
        {
            Touched = [.. (m.Touched ?? []).Select(run => new ScenarioFiles(run.Scenario, [.. run.Files]))],
            Judges = m.Judges.ToCalibrations(),
        }).SpendIfAny(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, FaultLocated> RecordDiagnosis(this EventActivityBinder<EvolutionSaga, FaultLocated> when) =>
        when.Record((_, m) => new Facts.FaultLocated(
                m.Stage.ToKey(), m.DiagnosisArtifact, m.Summary, Enum.Parse<FailureClass>(m.FailureClass), [.. m.Files]))
            .Spend(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, PlanDrafted> RecordPlan(this EventActivityBinder<EvolutionSaga, PlanDrafted> when) =>
        when.Record((_, m) => new Facts.PlanDrafted(m.Stage.ToKey(), m.PlanArtifact, m.Summary, [.. m.Files]))
            .Spend(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, PlanApproved> RecordApproval(this EventActivityBinder<EvolutionSaga, PlanApproved> when) =>
        when.Record((_, m) => new Facts.PlanApproved(m.Stage.ToKey(), m.Reason)).Spend(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, PlanRejected> RecordRejection(this EventActivityBinder<EvolutionSaga, PlanRejected> when) =>
        when.Record((_, m) => new Facts.PlanRejected(m.Stage.ToKey(), m.Ground, m.Reason)).Spend(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, PlanImplemented> RecordChange(this EventActivityBinder<EvolutionSaga, PlanImplemented> when) =>
        when.Record((_, m) => new ChangeCommitted(
                m.Stage.ToKey(), new(m.Commit, m.Tree, m.DiffArtifact, m.Summary, m.FilesChanged, m.Insertions, m.Deletions)))
            .Spend(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, ImplementationRefused> RecordRefusal(
        this EventActivityBinder<EvolutionSaga, ImplementationRefused> when) =>
        when.Record((_, m) => new ChangeRefused(m.Stage.ToKey(), m.Ground, m.Reason)).Spend(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, CodeApproved> RecordApproval(this EventActivityBinder<EvolutionSaga, CodeApproved> when) =>
        when.Record((_, m) => new ChangeApproved(m.Stage.ToKey(), m.Reason)).Spend(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, CodeRejected> RecordRejection(this EventActivityBinder<EvolutionSaga, CodeRejected> when) =>
        when.Record((_, m) => new ChangeRejected(m.Stage.ToKey(), m.Reason)).Spend(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, RoleFailed> RecordRoleFailure(this EventActivityBinder<EvolutionSaga, RoleFailed> when) =>
        when.Record((_, m) => new Facts.RoleFailed(m.Stage.ToKey(), m.Reason)).Spend(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, CandidateBuilt> RecordBuild(this EventActivityBinder<EvolutionSaga, CandidateBuilt> when) =>
        when.Record((_, m) => new Facts.CandidateBuilt(m.Stage.ToKey(), m.Tree, m.Image));

    public static EventActivityBinder<EvolutionSaga, CandidateRefused> RecordRefusal(this EventActivityBinder<EvolutionSaga, CandidateRefused> when) =>
        when.Record((_, m) => new Facts.CandidateRefused(m.Stage.ToKey(), m.Step, m.Reason, m.LogArtifact));

    public static EventActivityBinder<EvolutionSaga, TrialsCompleted> RecordTrials(this EventActivityBinder<EvolutionSaga, TrialsCompleted> when) =>
        when.Record((_, m) => new Facts.TrialsCompleted(
                m.Stage.ToKey(), m.Trials.ToResults(), m.ResultsArtifact, m.Firing is { } firing ? new(firing.Lines, firing.Ran, firing.Scenarios) : null)).SpendIfAny(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, TrialsJudged> RecordJudgement(this EventActivityBinder<EvolutionSaga, TrialsJudged> when) =>
        when.Record((_, m) => new Facts.TrialsJudged(m.Stage.ToKey(), m.ResultsArtifact, m.JudgedByModel));

    public static EventActivityBinder<EvolutionSaga, VerdictProposed> RecordProposal(this EventActivityBinder<EvolutionSaga, VerdictProposed> when) =>
        when.Record((_, m) => new Facts.VerdictProposed(m.Stage.ToKey(), Enum.Parse<Facts.Proposed>(m.Proposal).ToVerdict(), m.Reason))
            .Spend(m => m.Stage, m => m.Spending);

    public static EventActivityBinder<EvolutionSaga, PromotionRefused> RecordOvertaken(this EventActivityBinder<EvolutionSaga, PromotionRefused> when) =>
        when.Record((_, m) => new Facts.PromotionRefused(m.Stage.ToKey(), m.Ground, m.Reason, m.Serves));

    public static EventActivityBinder<EvolutionSaga, ChangeRebased> RecordRebase(this EventActivityBinder<EvolutionSaga, ChangeRebased> when) =>
        when.Record((s, m) => new Facts.ChangeRebased(
            m.Stage.ToKey(), new(m.Commit, m.Tree, m.DiffArtifact, s.Change!.Summary, m.FilesChanged, m.Insertions, m.Deletions)));

    public static EventActivityBinder<EvolutionSaga, RebaseRefused> RecordRefusal(this EventActivityBinder<EvolutionSaga, RebaseRefused> when) =>
        when.Record((_, m) => new Facts.RebaseRefused(m.Stage.ToKey(), m.Ground, m.Reason));

    public static EventActivityBinder<EvolutionSaga, GiveConsent> RecordConsent(this EventActivityBinder<EvolutionSaga, GiveConsent> when) =>
        when.Record((_, m) => new Facts.ConsentGiven(
            m.Grant.Commit, m.Grant.Tree, m.Grant.Approver, m.Grant.GivenAt, m.Grant.ExpiresAt, m.Grant.Image));

    public static EventActivityBinder<EvolutionSaga, SignConsent> RecordSignature(this EventActivityBinder<EvolutionSaga, SignConsent> when) =>
        when.Record((_, m) => m.ToEvent());

    public static EventActivityBinder<EvolutionSaga, SignConsent> RecordQuorum(this EventActivityBinder<EvolutionSaga, SignConsent> when) =>
        when.Record((s, m) => SignedOffers.Given(s, m.SignedAt));

    /// <summary>Writes one event down; the saga folds it at once.</summary>
    public static EventActivityBinder<EvolutionSaga, T> Record<T>(
        this EventActivityBinder<EvolutionSaga, T> when, Func<EvolutionState, T, object> @event)
        where T : class =>
        when.Then(c => c.Saga.Record(@event(c.Saga.State, c.Message)));

    /// <summary>Trials cost money only where they reach a model, and stages that broke only where an agent was asked before.</summary>
    internal static EventActivityBinder<EvolutionSaga, T> SpendIfAny<T>(
        this EventActivityBinder<EvolutionSaga, T> when, Func<T, StageReference> stage, Func<T, Spending?> spending)
        where T : class =>
        when.If(c => spending(c.Message) is { } used && (used.Dollars > 0 || used.TokensIn > 0 || used.Exhausted), paid => paid.Spend(stage, m => spending(m)!));

    private static EventActivityBinder<EvolutionSaga, T> Spend<T>(
        this EventActivityBinder<EvolutionSaga, T> when, Func<T, StageReference> stage, Func<T, Spending> spending)
        where T : class =>
        when.Record((_, m) => stage(m).ToMoneySpent(spending(m)));
}
