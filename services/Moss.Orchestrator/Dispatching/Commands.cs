using System.Diagnostics;
using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.Contracts.Implementation;
using Moss.Contracts.Orchestration;
using Moss.Contracts.Planning;
using Moss.Contracts.Trials;
using Moss.Domain.Evolution;
using ConsentTerms = Moss.Domain.Consents.ConsentTerms;
using Moss.Orchestrator.Machine;

namespace Moss.Orchestrator.Dispatching;

/// <summary>The command that a requested stage means, from the state of the evolution alone.</summary>
internal static class Commands
{
    public static object For(EvolutionState state)
    {
        var key = state.Current!;
        var stage = key.ToReference();
        var subject = SubjectOf(state);

        return key.Stage switch
        {
            Stage.Baseline => new RunTrials(stage, subject, null, [], state.Start!.Budget.TrialsPerScenario, DollarsLeft: state.DollarsLeft,
                FirstGuards: state.Start.Budget.FirstGuards),
            Stage.Locate => new LocateFault(stage, subject, AttemptsOf(state), state.DollarsLeft),
            Stage.Plan => new DraftPlan(stage, subject, state.Diagnosis!.Artifact, state.Feedback, AttemptsOf(state), state.DollarsLeft),
            Stage.ReviewPlan => new ReviewPlan(stage, subject, state.Diagnosis!.Artifact, state.Plan!.Artifact, state.DollarsLeft),
            Stage.Implement => new ImplementPlan(
                stage, subject, state.Diagnosis!.FailureClass.ToString(), state.Diagnosis.Artifact, state.Plan!.Artifact, state.Feedback,
                AttemptsOf(state), state.DollarsLeft),
            Stage.ReviewCode => new ReviewCode(
                stage, subject, state.Plan!.Artifact, state.Change!.Commit, state.Change.DiffArtifact, state.DollarsLeft),
            Stage.Build => new BuildCandidate(stage, subject, state.Change!.Commit),
            Stage.Trial => new RunTrials(
                stage, subject, state.Change!.Commit, RowsOf(state), state.Start!.Budget.TrialsPerScenario, state.Image,
                Rulings.AlphaOf(state), state.DollarsLeft),
            Stage.Evaluate => new JudgeTrials(stage, subject, state.ResultsArtifact!),
            Stage.Verdict => new ProposeVerdict(
                stage, subject, state.Plan!.Artifact, state.Change!.Commit, state.Change.DiffArtifact, state.ResultsArtifact!, state.DollarsLeft),
            Stage.Promote => new PromoteCandidate(
                stage, subject, state.Change!.Commit, state.Change.Tree, GrantOf(state), state.Image, SignaturesOf(state)),
            Stage.Rebase => new RebaseChange(stage, subject, state.Change!.Commit),
            _ => throw new UnreachableException(),
        };
    }

    public static StartEvolution ToCommand(this EvolutionRequested request, DateTimeOffset at) => new(
        request.Evolution, request.Batch, request.Substrate, request.BaseCommit, request.Scenarios, request.Depth.ToString(),
        request.Dollars, request.WallClock?.TotalSeconds, request.Rules.Alpha, request.Rules.RegressionMargin, request.Rules.Generalisation,
        request.Rules.LeastFailures, request.RequestedBy, at, request.Quarantined, request.DollarsPerStage, DemandOf(request.Consent));

    public static object ToCommand(this ConsentAnswered answer) => answer.Granted
        ? new GiveConsent(answer.Evolution, new(answer.Evolution, answer.Commit, answer.Tree, answer.By, answer.At, answer.ExpiresAt, answer.Image))
        : new RefuseConsent(answer.Evolution, answer.By, answer.Reason, answer.At);

    public static SignConsent ToCommand(this ConsentSignatureGiven given) => new(given.Evolution, new(given.Text, given.Signature), given.At);

    private static ConsentDemand? DemandOf(ConsentTerms? terms) => terms is null
        ? null
        : new(
            [.. terms.Approvers.Select(approver => new ConsentApprover(approver.Name, approver.Key))], terms.Quorum, terms.RequesterMayApprove,
            terms.Validity.TotalSeconds);

    private static List<ConsentSignature>? SignaturesOf(EvolutionState state) => state.Signatures.IsEmpty
        ? null
        : [.. state.Signatures.Select(signed => new ConsentSignature(signed.Text, signed.Signature))];

    /// <summary>The whole batch: what of it passes at baseline tells an agent where the fault is not, and what must stay as it is.</summary>
    private static Subject SubjectOf(EvolutionState state) =>
        new(state.Start!.Substrate, state.Start.Batch, state.Base, state.Start.Scenarios, state.BaselineKey?.ToString());

    /// <summary>Earlier candidates, in words that an agent may see: nothing of a held-out scenario.</summary>
    private static IReadOnlyList<PriorAttempt> AttemptsOf(EvolutionState state) =>
    [
        .. state.Iterations
            .Where(iteration => iteration.Change is not null && iteration.Iteration < state.Iteration + 1)
            .Select(iteration => new PriorAttempt(
                iteration.Iteration, iteration.Change!.DiffArtifact, $"{iteration.Ruling.Verdict}: {iteration.Ruling.Reason}", iteration.Ruling.CandidateMean)),
    ];

    private static IReadOnlyList<TrialRow> RowsOf(EvolutionState state) =>
        [.. Rulings.TrialRows(state).Select(row => new TrialRow(row.Scenario, row.Suite.ToString(), row.Trials, row.Later))];

    private static ConsentGrant GrantOf(EvolutionState state) => new(
        state.Start!.Evolution, state.Consent!.Commit, state.Consent.Tree, state.Consent.Approver, state.Consent.GivenAt, state.Consent.ExpiresAt,
        state.Consent.Image);
}
