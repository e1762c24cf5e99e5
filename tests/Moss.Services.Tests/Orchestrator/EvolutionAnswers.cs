using System.Collections.Immutable;
using Moss.Consents;
using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.Contracts.Implementation;
using Moss.Contracts.Orchestration;
using Moss.Contracts.Planning;
using Moss.Contracts.Trials;
using Moss.Domain.Consents;
using Moss.Domain.Judgement;
using Moss.Domain.Tests.Evolution;
using Moss.Orchestrator.Machine;
using Stage = Moss.Domain.Evolution.Stage;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>The messages that lead to the events of <see cref="EvolutionFacts"/>.</summary>
internal sealed class EvolutionAnswers(EvolutionFacts facts)
{
    private static readonly Spending Spending = new("search", 0.25m, 10, 20, 1.5);

    public static DateTimeOffset Now => EvolutionFacts.Monday;

    public StartEvolution Start(decimal? dollars = null, double? wallClockSeconds = null) => new(
        facts.Id, facts.Id, "desk", EvolutionFacts.BaseCommit, ["one", "two"], "Light", dollars, wallClockSeconds, 0.05, 0, 1, 1, "ann", Now);

    public StopEvolution Stop() => new(facts.Id, "ann", Now);

    public RestartEvolution Restart() => new(facts.Id, "ann", Now);

    public DeadlinePassed StageTimeout(Stage stage, int round = 1) => new(facts.Id, "StageTimeout", Of(stage, round), Now);

    public DeadlinePassed WallClock() => new(facts.Id, "WallClock", null, Now);

    public DeadlinePassed ConsentExpiry() => new(facts.Id, "ConsentExpiry", null, Now);

    public StageBroke Broke(Stage stage, bool transient, int round = 1) => new(Of(stage, round), "no disk", transient);

    public RoleFailed RoleFailed(Stage stage, int round = 1) => new(Of(stage, round), "no report was given", Spending);

    public TrialsCompleted Baseline(string one = "--", string two = "--") => Trials(Stage.Baseline, facts.Baseline(one, two).Trials, "results-0");

    public FaultLocated Located(string failureClass = "Structural") =>
        new(Of(Stage.Locate), "diagnosis-1", "a guard is missing", failureClass, ["agent.py"], Spending);

    public PlanDrafted Drafted(int round = 1) => new(Of(Stage.Plan, round), "plan-1", "put it back", ["agent.py"], Spending);

    public PlanApproved PlanApproved(int round = 1) => new(Of(Stage.ReviewPlan, round), "it is on target", Spending);

    public PlanRejected PlanRejected(int round = 1) => new(Of(Stage.ReviewPlan, round), "OffTarget", "another file is at fault", Spending);

    public PlanImplemented Implemented(int round = 1) => new(
        Of(Stage.Implement, round), EvolutionFacts.Repair.Commit, EvolutionFacts.Repair.Tree, "diff-1", "put the guard back", 1, 2, 1, Spending);

    public ImplementationRefused Refused(string ground = "NoChange", int round = 1) =>
        new(Of(Stage.Implement, round), ground, "nothing was changed", Spending);

    public CodeApproved ChangeApproved(int round = 1) => new(Of(Stage.ReviewCode, round), "it follows the plan", Spending);

    public CodeRejected ChangeRejected(int round = 1) => new(Of(Stage.ReviewCode, round), "it leaves a hole", Spending);

    public CandidateBuilt Built() => new(Of(Stage.Build), EvolutionFacts.Repair.Tree, 2.5, EvolutionFacts.Image);

    public CandidateRefused BuildRefused() => new(Of(Stage.Build), "Tests", "two tests fail", "log-1");

    public TrialsCompleted Tried(string one = "+++", string two = "+++", string kept = "++") =>
        Trials(Stage.Trial, facts.Tried(one, two, kept).Trials, "results-1");

    public TrialsJudged Judged() => new(Of(Stage.Evaluate), "results-2", 0);

    public VerdictProposed Proposed(string proposal = "Converged") => new(Of(Stage.Verdict), proposal, "it looks repaired", Spending);

    public GiveConsent Consent(string? commit = null, string? tree = null, DateTimeOffset? at = null, string? image = null) => new(
        facts.Id,
        new(
            facts.Id, commit ?? EvolutionFacts.Repair.Commit, tree ?? EvolutionFacts.Repair.Tree, "bea", at ?? Now, Now + TimeSpan.FromDays(1),
            image ?? EvolutionFacts.Image));

    public SignConsent Signature(string approver = "ada", PrivateKey? key = null, ConsentSubject? subject = null, DateTimeOffset? at = null) =>
        new(facts.Id, Signing.By(approver, key ?? Signing.KeyOf(approver), subject ?? Signing.SubjectOf(facts.Id), Now), at ?? Now);

    public RefuseConsent Refusal() => new(facts.Id, "bea", "too much at once", Now);

    public CandidatePromoted Promoted() => new(Of(Stage.Promote), EvolutionFacts.Repair.Commit, 0.5, []);

    public PromotionRolledBack RolledBack() => new(Of(Stage.Promote), EvolutionFacts.Repair.Commit, EvolutionFacts.BaseCommit, "no answer on /health", []);

    public PromotionRefused PromotionRefused() => new(Of(Stage.Promote), "ConsentExpired", "the consent has expired");

    public PromotionRefused Overtaken() => new(Of(Stage.Promote), "Overtaken", "another was promoted", EvolutionFacts.Overtaker);

    public ChangeRebased Rebased() =>
        new(Of(Stage.Rebase), EvolutionFacts.Moved.Commit, EvolutionFacts.Moved.Tree, EvolutionFacts.Moved.DiffArtifact, 1, 2, 1);

    public RebaseRefused RebaseRefused() => new(Of(Stage.Rebase), "Conflict", "both change agent.py");

    /// <summary>The base measured again after it has changed.</summary>
    public TrialsCompleted SecondBaseline(string one = "--", string two = "--") => Baseline(one, two) with { Stage = facts.SecondBaseline.ToReference() };

    /// <summary>One message of every kind.</summary>
    public IEnumerable<object> Everything() =>
    [
        Start(), Stop(), Restart(), WallClock(), Consent(), Signature(), Refusal(), Broke(Stage.Locate, true), RoleFailed(Stage.Locate), Located(), Drafted(),
        PlanApproved(), PlanRejected(), Implemented(), Refused(), ChangeApproved(), ChangeRejected(), Built(), BuildRefused(), Baseline(), Judged(),
        Proposed(), Promoted(), RolledBack(), PromotionRefused(), Rebased(), RebaseRefused(),
    ];

    private StageReference Of(Stage stage, int round = 1) => facts.Key(stage, 1, round).ToReference();

    private TrialsCompleted Trials(Stage stage, ImmutableArray<TrialResult> trials, string artifact) => new(
        Of(stage),
        [
            .. trials.Select(trial => new TrialReport(
                trial.Scenario, trial.Suite.ToString(), trial.Arm.ToString(), trial.Index, trial.Outcome.ToString(), trial.Score,
                [.. trial.Keypoints.Select(keypoint => new KeypointScore(keypoint.Keypoint, keypoint.Score, keypoint.Note))], "", "")),
        ],
        artifact, 1);
}
