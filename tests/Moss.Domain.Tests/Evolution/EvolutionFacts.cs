using System.Collections.Immutable;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Evolution;

/// <summary>The events of one evolution, with values that tests need not care about. Scenarios one and two fail, kept is held out.</summary>
#pragma warning disable CA1822 // Every fact is told of an evolution, whether or not it holds its id.
internal sealed class EvolutionFacts(Guid evolution)
{
    public static readonly string BaseCommit = new('a', 40);

    public static readonly Change Repair = new(new('b', 40), new('c', 40), "diff-1", "put the guard back", 1, 2, 1);

    /// <summary>What another evolution promoted meanwhile.</summary>
    public static readonly string Overtaker = new('e', 40);

    /// <summary>The repair on top of that.</summary>
    public static readonly Change Moved = new(new('f', 40), new('9', 40), "diff-2", "put the guard back", 1, 2, 1);

    public static readonly string Image = "sha256:" + new string('d', 64);

    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Enough for the error rate of one of three iterations.</summary>
    public const int Pairs = 3;

    public EvolutionFacts()
        : this(Guid.Parse("0198c0de-0000-7000-8000-00000000000e"))
    {
    }

    public Guid Id => evolution;

    public StageKey Key(Stage stage, int iteration = 1, int round = 1) => new(evolution, stage == Stage.Baseline ? 0 : iteration, stage, round);

    public EvolutionStarted Started(Depth depth = Depth.Light, decimal? dollars = null, TimeSpan? wallClock = null) => new(
        evolution, evolution, "desk", BaseCommit, ["one", "two"], depth, Budget.Of(depth) with { Dollars = dollars, WallClock = wallClock },
        new(0.05, 0, 1), "ann");

    public StageRequested Requested(Stage stage, int iteration = 1, int round = 1) => new(Key(stage, iteration, round));

    public BaselineMeasured Baseline(string one = "--", string two = "--", string kept = "++") => new(
        Key(Stage.Baseline),
        [.. Trials("one", Suite.Batch, Arm.Baseline, one), .. Trials("two", Suite.Batch, Arm.Baseline, two), .. Trials("kept", Suite.Corpus, Arm.Baseline, kept)],
        "results-0");

    public FaultLocated Located(FailureClass failureClass = FailureClass.Structural, int iteration = 1) =>
        new(Key(Stage.Locate, iteration), "diagnosis-1", "a guard is missing", failureClass, ["agent.py"]);

    public PlanDrafted Drafted(int round = 1, int iteration = 1) =>
        new(Key(Stage.Plan, iteration, round), "plan-1", "put it back", ["agent.py"]);

    public PlanApproved PlanApproved(int round = 1, int iteration = 1) => new(Key(Stage.ReviewPlan, iteration, round), "it is on target");

    public PlanRejected PlanRejected(int round = 1, int iteration = 1) =>
        new(Key(Stage.ReviewPlan, iteration, round), "OffTarget", "another file is at fault");

    public ChangeCommitted Committed(int round = 1, int iteration = 1) => new(Key(Stage.Implement, iteration, round), Repair);

    public ChangeRefused Refused(string ground = "NoChange", int round = 1, int iteration = 1) =>
        new(Key(Stage.Implement, iteration, round), ground, "nothing was changed");

    public ChangeApproved ChangeApproved(int round = 1, int iteration = 1) => new(Key(Stage.ReviewCode, iteration, round), "it follows the plan");

    public ChangeRejected ChangeRejected(int round = 1, int iteration = 1) => new(Key(Stage.ReviewCode, iteration, round), "it leaves a hole");

    public CandidateBuilt Built(int iteration = 1) => new(Key(Stage.Build, iteration), Repair.Tree, Image);

    public CandidateRefused BuildRefused(int iteration = 1) => new(Key(Stage.Build, iteration), "Tests", "two tests fail", "log-1");

    public TrialsCompleted Tried(string one = "+++", string two = "+++", string kept = "++", int iteration = 1) =>
        new(Key(Stage.Trial, iteration), BothArms(one, two, kept), "results-1");

    public TrialsJudged Judged(int iteration = 1) => new(Key(Stage.Evaluate, iteration), "results-2", 0);

    public VerdictProposed Proposed(Verdict verdict = Verdict.Converged, int iteration = 1) =>
        new(Key(Stage.Verdict, iteration), verdict, "it looks repaired");

    public IterationRuled Ruled(int iteration, Verdict verdict, bool final = false) =>
        new(iteration, verdict, "as ruled", "as ruled, with names", final, null, 0.01, 0, 0);

    public RoleFailed RoleFailed(Stage stage, int round = 1, int iteration = 1) => new(Key(stage, iteration, round), "no report was given");

    public MoneySpent Spent(Stage stage, int round = 1, decimal dollars = 0.25m, int iteration = 1) =>
        new(Key(stage, iteration, round), "search", dollars, 10, 20, 1.5);

    public ConsentRequested Asked() => new(Repair.Commit, Repair.Tree, Repair.DiffArtifact, Offers.Window, Image);

    public ConsentGiven Consented(DateTimeOffset at) => new(Repair.Commit, Repair.Tree, "bea", at, at + TimeSpan.FromDays(1), Image);

    public PromotionRefused Overtaken() => new(Key(Stage.Promote), "Overtaken", "another was promoted", Overtaker);

    public ChangeRebased Rebased() => new(Key(Stage.Rebase), Moved);

    public RebaseRefused RebaseRefused() => new(Key(Stage.Rebase), "Conflict", "both change agent.py");

    /// <summary>The base is measured again after it has changed.</summary>
    public StageKey SecondBaseline => Key(Stage.Baseline) with { Iteration = 1 };

    /// <summary>The shortest way to where a phase waits, in the first iteration.</summary>
    public ImmutableArray<object> UpTo(Phase phase, EvolutionStarted? start = null)
    {
        object[][] chapters =
        [
            [start ?? Started(), Requested(Stage.Baseline)],
            [Baseline(), Requested(Stage.Locate)],
            [Located(), Requested(Stage.Plan)],
            [Drafted(), Requested(Stage.ReviewPlan)],
            [PlanApproved(), Requested(Stage.Implement)],
            [Committed(), Requested(Stage.ReviewCode)],
            [ChangeApproved(), Requested(Stage.Build)],
            [Built(), Requested(Stage.Trial)],
            [Tried(), Requested(Stage.Evaluate)],
            [Judged(), Requested(Stage.Verdict)],
            [Proposed(), Ruled(1, Verdict.Converged, final: true), Asked()],
            [Consented(Monday), Requested(Stage.Promote)],
            [Overtaken(), Requested(Stage.Rebase)],
        ];
        return [.. chapters.Take((int)phase).SelectMany(chapter => chapter)];
    }

    /// <summary>The state after some events, all at one time.</summary>
    public static EvolutionState Fold(params IEnumerable<object> events) =>
        events.Aggregate(EvolutionState.Empty, (state, @event) => state.Apply(@event, Monday));

    private static ImmutableArray<TrialResult> BothArms(string one, string two, string kept) =>
    [
        .. Trials("one", Suite.Batch, Arm.Baseline, new('-', one.Length)), .. Trials("one", Suite.Batch, Arm.Candidate, one),
        .. Trials("two", Suite.Batch, Arm.Baseline, new('-', two.Length)), .. Trials("two", Suite.Batch, Arm.Candidate, two),
        .. Trials("kept", Suite.Corpus, Arm.Baseline, new('+', kept.Length)), .. Trials("kept", Suite.Corpus, Arm.Candidate, kept),
    ];

    // One letter a trial: + passed, - failed, ? could not be run.
    private static IEnumerable<TrialResult> Trials(string scenario, Suite suite, Arm arm, string word) => word.Select((letter, index) =>
        new TrialResult(
            scenario, suite, arm, index,
            letter switch { '+' => TrialOutcome.Passed, '-' => TrialOutcome.Failed, _ => TrialOutcome.InfrastructureError },
            letter == '+' ? 1 : 0, letter == '?' ? [] : [new KeypointResult("k", letter == '+' ? 1 : 0)]));
}
