using System.Collections.Immutable;
using Moss.Domain.Consents;
using Moss.Domain.Judgement;
using Moss.Domain.Judgement.Judges;

namespace Moss.Domain.Evolution;

/// <summary>An evolution began.</summary>
public sealed record EvolutionStarted(
    Guid Evolution, Guid Batch, string Substrate, string BaseCommit, ImmutableArray<string> Scenarios, Depth Depth, Budget Budget,
    VerdictRules Rules, string RequestedBy)
{
    /// <summary>Scenarios that are replayed at baseline and guard nothing: see the corpus.</summary>
    public ImmutableArray<string> Quarantined { get; init; } = [];

    /// <summary>Who has to sign before a candidate is promoted, as the base commit declares it; null where nothing has to be signed.</summary>
    public ConsentTerms? Consent { get; init; }
}

/// <summary>A stage was asked for. Its command follows from the state at this event.</summary>
public sealed record StageRequested(StageKey Key);

/// <summary>The batch and the corpus were replayed on the live version.</summary>
public sealed record BaselineMeasured(StageKey Key, ImmutableArray<TrialResult> Trials, string ResultsArtifact)
{
    /// <summary>What of the source the held-out scenarios run; empty where that was not looked at.</summary>
    public ImmutableArray<ScenarioFiles> Touched { get; init; } = [];

    /// <summary>What the judges of all scenarios said of texts whose answer is known; none where no keypoint is judged by a model.</summary>
    public ImmutableArray<JudgeCalibration> Judges { get; init; } = [];
}

/// <summary>The fault was located.</summary>
public sealed record FaultLocated(
    StageKey Key, string DiagnosisArtifact, string Summary, FailureClass FailureClass, ImmutableArray<string> Files);

/// <summary>A plan was drafted.</summary>
public sealed record PlanDrafted(StageKey Key, string PlanArtifact, string Summary, ImmutableArray<string> Files);

/// <summary>A plan may be implemented.</summary>
public sealed record PlanApproved(StageKey Key, string Reason);

/// <summary>A plan was rejected, as off target or as too narrow.</summary>
public sealed record PlanRejected(StageKey Key, string Ground, string Reason);

/// <summary>A change was committed and passed the mechanical gates.</summary>
public sealed record ChangeCommitted(StageKey Key, Change Change);

/// <summary>The agent's work gave no commit.</summary>
public sealed record ChangeRefused(StageKey Key, string Ground, string Reason);

/// <summary>A change may be built.</summary>
public sealed record ChangeApproved(StageKey Key, string Reason);

/// <summary>A change was rejected by its reviewer.</summary>
public sealed record ChangeRejected(StageKey Key, string Reason);

/// <summary>A candidate was built and passed its smoke test and the substrate's own tests.</summary>
public sealed record CandidateBuilt(StageKey Key, string Tree, string? Image = null);

/// <summary>A candidate does not build or start, or fails the substrate's own tests.</summary>
public sealed record CandidateRefused(StageKey Key, string Step, string Reason, string LogArtifact);

/// <summary>Both arms were replayed. <paramref name="Firing"/> is null where it was not looked at whether the change is run.</summary>
public sealed record TrialsCompleted(StageKey Key, ImmutableArray<TrialResult> Trials, string ResultsArtifact, Firing? Firing = null);

/// <summary>Every keypoint is final.</summary>
public sealed record TrialsJudged(StageKey Key, string ResultsArtifact, int JudgedByModel);

/// <summary>A model gave its opinion.</summary>
public sealed record VerdictProposed(StageKey Key, Verdict Proposal, string Reason);

/// <summary>Moss ruled on an iteration. <paramref name="Detail"/> is for people; agents may see <paramref name="Reason"/> alone.</summary>
public sealed record IterationRuled(
    int Iteration, Verdict Verdict, string Reason, string Detail, bool Final, double? PValue, double Alpha, double BaselineMean,
    double CandidateMean)
{
    /// <summary>Version of the rule that it was made by; rulings from before there were versions have none stored and are of the first.</summary>
    public int Policy { get; init; } = VerdictPolicy.ComparingRates;
}

/// <summary>An agent gave nothing that can be used; the round is spent.</summary>
public sealed record RoleFailed(StageKey Key, string Reason);

/// <summary>An agent call used money, tokens or time.</summary>
public sealed record MoneySpent(StageKey Key, string Agent, decimal Dollars, long TokensIn, long TokensOut, double Seconds)
{
    /// <summary>True when a call was refused because it could have cost more than was left; none from before has said so.</summary>
    public bool Exhausted { get; init; }

    /// <summary>True when the dollars are Moss's estimate; none from before has said so.</summary>
    public bool Estimated { get; init; }

    /// <summary>Names of the models that were asked; null where none was, and none from before has said so.</summary>
    public string? Model { get; init; }

    /// <summary>Version of what the agent was asked; null where no role was played, and none from before has said so.</summary>
    public string? Prompt { get; init; }
}

/// <summary>A worker broke; says nothing about the candidate.</summary>
public sealed record StageBroken(StageKey Key, string Reason, bool Transient);

/// <summary>A person is asked to allow exactly this.</summary>
public sealed record ConsentRequested(string Commit, string Tree, string DiffArtifact, TimeSpan Window, string? Image = null);

/// <summary>A person allowed it.</summary>
public sealed record ConsentGiven(
    string Commit, string Tree, string Approver, DateTimeOffset GivenAt, DateTimeOffset ExpiresAt, string? Image = null);

/// <summary>An approver allowed it by a signature; others may still be missing.</summary>
/// <param name="Approver">Who.</param>
/// <param name="Text">What was signed; see <see cref="ConsentText"/>.</param>
/// <param name="Signature">64 bytes as base64.</param>
public sealed record ConsentSigned(string Approver, string Text, string Signature);

/// <summary>A person refused it.</summary>
public sealed record ConsentRefused(string RefusedBy, string Reason);

/// <summary>Nobody answered in time.</summary>
public sealed record ConsentExpired;

/// <summary>The candidate serves.</summary>
public sealed record CandidatePromoted(StageKey Key, string Commit, double DowntimeSeconds);

/// <summary>The candidate did not come up healthy; the last known good version serves.</summary>
public sealed record PromotionRolledBack(StageKey Key, string Commit, string LastKnownGood, string Reason);

/// <summary>The promotion was refused before anything was touched.</summary>
/// <param name="Key">The stage.</param>
/// <param name="Ground">Why, in a word.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Serves">What was promoted since the evolution began and serves; null when it was refused for another reason.</param>
public sealed record PromotionRefused(StageKey Key, string Ground, string Reason, string? Serves = null);

/// <summary>The change was moved onto what serves; it is verified as if it were new.</summary>
public sealed record ChangeRebased(StageKey Key, Change Change);

/// <summary>The change cannot be moved onto what serves: the next iteration begins there without it.</summary>
public sealed record RebaseRefused(StageKey Key, string Ground, string Reason);

/// <summary>A person asked for the end.</summary>
public sealed record StopRequested(string By);

/// <summary>The time given to the whole evolution ran out.</summary>
public sealed record WallClockPassed;

/// <summary>A stopped or failed evolution goes on from what is stored.</summary>
public sealed record EvolutionRestarted(string By);

/// <summary>What was promoted was taken back out of production later; the version before serves again.</summary>
/// <param name="Commit">What was taken back.</param>
/// <param name="LastKnownGood">What serves.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="By"><c>watch</c>, or the person who asked.</param>
public sealed record RolledBackInProduction(string Commit, string LastKnownGood, string Reason, string By);

/// <summary>The evolution is over.</summary>
public sealed record EvolutionEnded(Verdict Verdict, string Reason, bool Promoted, bool RolledBack);
