using System.Collections.Immutable;
using Moss.Domain.Judgement;
using Moss.Domain.Judgement.Judges;

namespace Moss.Domain.Evolution;

/// <summary>
/// Everything that is known of an evolution, folded from its events and from nothing else. What belongs to one iteration
/// (diagnosis to proposal) is cleared when the next one begins: a fresh start at the base commit, with the attempts so far.
/// </summary>
public sealed record EvolutionState
{
    /// <summary>Before the first event.</summary>
    public static EvolutionState Empty { get; } = new();

    /// <summary>How often a stage that broke for a passing reason is asked for again.</summary>
    public const int BreaksAllowed = 3;

    /// <summary>How it began; null before.</summary>
    public EvolutionStarted? Start { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it began or was last restarted: from here the wall clock of its budget counts.</summary>
    public DateTimeOffset RunningSince { get; init; }

    /// <summary>Where it stands.</summary>
    public Phase Phase { get; init; }

    /// <summary>The stage that runs, or ran last.</summary>
    public StageKey? Current { get; init; }

    /// <summary>When the current stage was asked for.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>The current iteration; 0 during the baseline.</summary>
    public int Iteration { get; init; }

    /// <summary>What was promoted by another evolution meanwhile, and is the base from then on; null while nothing was.</summary>
    public string? Overtaker { get; init; }

    /// <summary>The commit that candidates are built on and compared with; empty before the first event.</summary>
    public string Base => Overtaker ?? Start?.BaseCommit ?? "";

    /// <summary>Trials of the base: the batch and the corpus.</summary>
    public ImmutableArray<TrialResult> Baseline { get; init; } = [];

    /// <summary>What of the base the held-out scenarios run; empty where that was not looked at.</summary>
    public ImmutableArray<ScenarioFiles> Touched { get; init; } = [];

    /// <summary>What the judges said of texts whose answer is known; none where no keypoint is judged by a model.</summary>
    public ImmutableArray<JudgeCalibration> Judges { get; init; } = [];

    /// <summary>The stage that measured it; null before.</summary>
    public StageKey? BaselineKey { get; init; }

    /// <summary>Where the fault is, in this iteration.</summary>
    public Diagnosis? Diagnosis { get; init; }

    /// <summary>What to change, in this iteration.</summary>
    public Plan? Plan { get; init; }

    /// <summary>The commit of this iteration.</summary>
    public Change? Change { get; init; }

    /// <summary>True when the change was moved onto <see cref="Base"/> and is still to be verified there.</summary>
    public bool IsRebased { get; init; }

    /// <summary>Id of the image that was made of the change; null where trials run on the tree.</summary>
    public string? Image { get; init; }

    /// <summary>Why the last round was rejected.</summary>
    public string? Feedback { get; init; }

    /// <summary>On what ground the last change was refused; null when it was not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Trials of this iteration.</summary>
    public ImmutableArray<TrialResult> Trials { get; init; } = [];

    /// <summary>Whether the change of this iteration is run; null where that was not looked at.</summary>
    public Firing? Firing { get; init; }

    /// <summary>Artifact of the newest results.</summary>
    public string? ResultsArtifact { get; init; }

    /// <summary>A model's opinion of this iteration.</summary>
    public Proposal? Proposal { get; init; }

    /// <summary>Iterations that were ruled on.</summary>
    public ImmutableArray<IterationRecord> Iterations { get; init; } = [];

    /// <summary>US dollars spent.</summary>
    public decimal Spent { get; init; }

    /// <summary>True once a call was refused because it could have cost more than was left, however little that is.</summary>
    public bool Exhausted { get; init; }

    /// <summary>How often each stage was asked for in this iteration, repetitions of one round aside.</summary>
    public ImmutableDictionary<Stage, int> Rounds { get; init; } = ImmutableDictionary<Stage, int>.Empty;

    /// <summary>True between a restart and the stage that it asks for again.</summary>
    public bool Resuming { get; init; }

    /// <summary>Times that the current stage broke.</summary>
    public int Breaks { get; init; }

    /// <summary>What consent is asked for, and since when.</summary>
    public (ConsentRequested Request, DateTimeOffset At)? ConsentAsked { get; init; }

    /// <summary>What approvers signed since consent was last asked for, the newest of each.</summary>
    public ImmutableArray<ConsentSigned> Signatures { get; init; } = [];

    /// <summary>What a person allowed.</summary>
    public Consent? Consent { get; init; }

    /// <summary>How it ended.</summary>
    public Ending? Ending { get; init; }

    /// <summary>How it was taken back out of production after it was promoted; null when it was not.</summary>
    public RolledBackInProduction? Production { get; init; }

    /// <summary>The last ruling; null before the first.</summary>
    public IterationRuled? Ruling => Iterations.IsEmpty ? null : Iterations[^1].Ruling;

    /// <summary>US dollars that the next stage may cost; a very large number without a ceiling.</summary>
    public decimal DollarsLeft => Math.Min(
        Start?.Budget.Dollars is { } ceiling ? Math.Max(0, ceiling - Spent) : 1_000_000_000m, Start?.Budget.DollarsPerStage ?? decimal.MaxValue);

    /// <summary>True while another agent call may be made.</summary>
    public bool HasMoney => DollarsLeft > 0 && !Exhausted;

    /// <summary>Folds one event; an event that says nothing about the state leaves it as it is.</summary>
    public EvolutionState Apply(object @event, DateTimeOffset at) => @event switch
    {
        EvolutionStarted e => this with { Start = e, StartedAt = at, RunningSince = at },
        StageRequested e => Enter(e.Key, at),
        BaselineMeasured e => this with { Baseline = e.Trials, Touched = e.Touched.IsDefault ? [] : e.Touched, Judges = e.Judges.IsDefault ? [] : e.Judges, BaselineKey = e.Key, ResultsArtifact = e.ResultsArtifact },
        FaultLocated e => this with { Diagnosis = new(e.DiagnosisArtifact, e.Summary, e.FailureClass, e.Files), Feedback = null },
        PlanDrafted e => this with { Plan = new(e.PlanArtifact, e.Summary, e.Files) },
        PlanApproved => this with { Feedback = null },
        PlanRejected e => this with { Feedback = e.Reason },
        ChangeCommitted e => this with { Change = e.Change, Image = null, Refusal = null },
        CandidateBuilt e => this with { Image = e.Image, IsRebased = false },
        ChangeRefused e => this with { Change = null, Image = null, Feedback = e.Reason, Refusal = e.Ground },
        ChangeApproved => this with { Feedback = null },
        ChangeRejected e => this with { Feedback = e.Reason },
        RoleFailed e => this with { Feedback = e.Reason },
        CandidateRefused e => this with { Feedback = e.Reason },
        TrialsCompleted e => this with { Trials = e.Trials, Firing = e.Firing, ResultsArtifact = e.ResultsArtifact },
        TrialsJudged e => this with { ResultsArtifact = e.ResultsArtifact },
        VerdictProposed e => this with { Proposal = new(e.Proposal, e.Reason) },
        IterationRuled e => this with { Iterations = [.. Iterations.Where(i => i.Iteration != e.Iteration), new(e.Iteration, Change, e, Trials) { Base = Base, Firing = Firing }] },
        MoneySpent e => this with { Spent = Spent + e.Dollars, Exhausted = Exhausted || e.Exhausted },
        StageBroken => this with { Breaks = Breaks + 1 },
        ConsentRequested e => this with { Phase = Phase.AwaitingConsent, ConsentAsked = (e, at), Signatures = [] },
        ConsentSigned e => this with { Signatures = [.. Signatures.Where(other => other.Approver != e.Approver), e] },
        ConsentGiven e => this with { Consent = new(e.Approver, e.Commit, e.Tree, e.GivenAt, e.ExpiresAt, e.Image) },
        PromotionRefused { Serves: { } serves } => this with { Overtaker = serves },
        ChangeRebased e => this with { Change = e.Change, Image = null, IsRebased = true, Trials = [], Firing = null, Proposal = null },
        RebaseRefused e => this with { Trials = [], Firing = null, Proposal = null, Feedback = e.Reason, Refusal = e.Ground },
        EvolutionRestarted => this with { Ending = null, Breaks = 0, Resuming = true, RunningSince = at },
        EvolutionEnded e => (this with { Ending = new(e.Verdict, e.Reason, e.Promoted, e.RolledBack), Phase = PhaseAfter(e) }).TakenBack(),
        RolledBackInProduction e => (this with { Production = e }).TakenBack(),
        _ => this,
    };

    private EvolutionState Enter(StageKey key, DateTimeOffset at)
    {
        var entered = key.Iteration == Iteration
            ? this
            : this with { Diagnosis = null, Plan = null, Change = null, IsRebased = false, Image = null, Feedback = null, Refusal = null, Trials = [], Firing = null, Proposal = null, Rounds = Rounds.Clear() };

        return entered with
        {
            Current = key,
            Iteration = key.Iteration,
            Phase = Phases.Of(key.Stage),
            RequestedAt = at,
            Rounds = entered.Rounds.SetItem(key.Stage, key.Round),
            Breaks = key == Current ? Breaks : 0,
            Resuming = false,
        };
    }

    // Production may have gone back before the news of the promotion came in: the end says both then.
    private EvolutionState TakenBack() => this is { Production: not null, Ending: { Promoted: true } ending }
        ? this with { Ending = ending with { Promoted = false, RolledBack = true }, Phase = Phase.RolledBack }
        : this;

    private static Phase PhaseAfter(EvolutionEnded ended) => ended switch
    {
        { Promoted: true } => Phase.Promoted,
        { RolledBack: true } => Phase.RolledBack,
        { Verdict: Verdict.Stopped } => Phase.Stopped,
        { Verdict: Verdict.Failed } => Phase.Failed,
        _ => Phase.Concluded,
    };
}
