using System.Collections.Immutable;
using Moss.Domain.Judgement;

namespace Moss.Domain.Evolution;

/// <summary>
/// What is said of an iteration, and whether another one follows. Besides a verdict that ends everything and the last
/// iteration of the budget, two windows end an evolution, both as long as the budget's plateau window: so many tried
/// iterations without a better keypoint (an iteration without trials showed nothing, so it neither counts nor ends
/// anything), and so many iterations in a row in which nothing was changed.
/// </summary>
public static class Rulings
{
    /// <summary>Scenarios of the batch that fail on the live version: a trial that counts did not pass.</summary>
    public static ImmutableArray<string> Reproduced(this EvolutionState state) =>
    [
        .. state.Baseline
            .Where(trial => trial is { Suite: Suite.Batch, Arm: Arm.Baseline, Counts: true, Passed: false })
            .Select(trial => trial.Scenario).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The batch can be judged, something of it fails, and with what is held out enough fails for a verdict to be possible at all.</summary>
    public static bool IsWorthTrying(this EvolutionState state) =>
        state.UnjudgeableBatch() is null && !state.Reproduced().IsEmpty && state.DifferentFailures() >= state.Start!.Rules.LeastFailures;

    /// <summary>Scenarios, of the batch or held out, that fail on the live version; a held-out one that is quarantined, or that nobody can judge, does not count.</summary>
    public static int DifferentFailures(this EvolutionState state) =>
        state.Baseline.Where(trial => trial is { Arm: Arm.Baseline, Counts: true, Passed: false }).Select(trial => trial.Scenario).Distinct()
            .Except(state.Start!.Quarantined).Except(state.Unjudgeable()).Union(state.Reproduced()).Count();

    /// <summary>
    /// Every other scenario: what is held out, and what was reported but does not fail here. The latter is nothing to repair, but a
    /// candidate that breaks it is no repair either. What is quarantined guards nothing, and neither does what has a judge that is refused.
    /// </summary>
    public static ImmutableArray<string> Guarded(this EvolutionState state) =>
        [.. state.Baseline.Select(trial => trial.Scenario).Distinct().Except(state.Reproduced()).Except(state.Start!.Quarantined).Except(state.Unjudgeable()).Order(StringComparer.Ordinal)];

    /// <summary>
    /// What is known of the live version when an iteration is ruled on: the baseline stage, and the baseline arm of every iteration up
    /// to and with that one. What was seen of another base, before the evolution was overtaken, says nothing of this one.
    /// </summary>
    public static ImmutableArray<LiveRecord> LiveUpTo(this EvolutionState state, int iteration, ImmutableArray<TrialResult> trials) =>
        LiveRecord.Of([.. state.Baseline, .. state.Iterations.Where(i => i.Iteration < iteration && i.Base == state.Base).SelectMany(i => i.Trials), .. trials]);

    /// <summary>How often to replay what on both arms, and what of it only when the rest went well.</summary>
    public static ImmutableArray<TrialPlanRow> TrialRows(EvolutionState state)
    {
        var (start, guards) = (state.Start!, state.Guarded());
        var first = GuardSelection.First(guards, start.Budget.FirstGuards, state.Touched, state.Plan?.Files ?? [], $"{start.Evolution} {state.Iteration}");
        return
        [
            .. TrialPlanner.Plan(
                    state.Reproduced(), guards, new(start.Budget.TrialsPerScenario, AlphaOf(state), start.Rules.RegressionMargin),
                    state.LiveUpTo(state.Iteration, []))
                .Select(row => row with { Later = row.Suite == Suite.Corpus && !first.Contains(row.Scenario) }),
        ];
    }

    /// <summary>What a ruling on trials of an iteration depends on.</summary>
    /// <param name="state">The evolution.</param>
    /// <param name="iteration">Of the trials.</param>
    /// <param name="trials">Both arms.</param>
    /// <param name="firing">Whether the change is run.</param>
    /// <param name="policy">The version of the rule.</param>
    public static VerdictCase CaseOf(
        EvolutionState state, int iteration, ImmutableArray<TrialResult> trials, Firing? firing, int policy = VerdictPolicy.Version)
    {
        var rules = state.Start!.Rules;
        return new(trials, AlphaOf(state), rules.RegressionMargin, rules.Generalisation, state.Iteration == iteration ? state.Proposal?.Verdict : null)
        {
            LeastFailures = rules.LeastFailures, Live = state.LiveUpTo(iteration, trials), Firing = firing, Policy = policy,
        };
    }

    /// <summary>Share of the error rate that one iteration may spend.</summary>
    public static double AlphaOf(EvolutionState state) =>
        AlphaSpending.PerIteration(state.Start!.Rules.Alpha, state.Start.Budget.Iterations);

    /// <summary>The ruling on a candidate that was tried.</summary>
    /// <param name="state">The evolution before it.</param>
    /// <param name="policy">The version of the rule.</param>
    public static IterationRuled OnTrials(EvolutionState state, int policy = VerdictPolicy.Version)
    {
        var ruling = VerdictPolicy.Rule(CaseOf(state, state.Iteration, state.Trials, state.Firing, policy));
        var plateaued = !ruling.Fixed.StillFailing.IsEmpty && HasPlateaued(state);

        return Conclude(state, ruling.Verdict, ruling.Reason, ruling.Detail, plateaued ? Verdict.Plateaued : null, policy) with
        {
            PValue = ruling.Fixed.PValue,
            BaselineMean = ruling.Fixed.BaselineMean,
            CandidateMean = ruling.Fixed.CandidateMean,
        };
    }

    /// <summary>The ruling on an iteration that gave nothing to try.</summary>
    /// <param name="state">The evolution before it.</param>
    /// <param name="policy">The version of the rule.</param>
    public static IterationRuled WithoutTrials(EvolutionState state, int policy = VerdictPolicy.Version)
    {
        var verdict = state.Refusal switch
        {
            nameof(Verdict.NoChange) => Verdict.NoChange,
            nameof(Verdict.OutOfScope) => Verdict.OutOfScope,
            _ => Verdict.NeedMoreWork,
        };
        var reason = state.Feedback ?? $"stage {state.Current!.Stage} gave nothing that can be used";
        return Conclude(state, verdict, reason, reason, verdict == Verdict.NoChange && NothingChanges(state) ? Verdict.NoChange : null, policy);
    }

    private static IterationRuled Conclude(EvolutionState state, Verdict verdict, string reason, string detail, Verdict? windowEnded, int policy)
    {
        var iterations = state.Start!.Budget.Iterations;
        var (final, said) = verdict switch
        {
            Verdict.Converged or Verdict.Inconclusive or Verdict.FundamentalLimitModel or Verdict.FundamentalLimitArchitecture => (true, verdict),
            _ when state.Iteration >= iterations => (true, Unless(verdict, Verdict.BudgetExhausted)),
            _ when windowEnded is { } ended => (true, Unless(verdict, ended)),
            _ => (false, verdict),
        };
        var why = said == verdict ? "" : said == Verdict.Plateaued
            ? "no keypoint got better for a whole window; the last candidate: "
            : $"all {iterations} iterations are used; the last candidate: ";

        return new(state.Iteration, said, why + reason, why + detail, final, null, AlphaOf(state), BaselineMean(state), 0) { Policy = policy };
    }

    /// <summary>A verdict that says more than that the budget ended keeps its word.</summary>
    private static Verdict Unless(Verdict verdict, Verdict ended) =>
        verdict is Verdict.NoChange or Verdict.OutOfScope or Verdict.Regressed ? verdict : ended;

    private static bool HasPlateaued(EvolutionState state) => KeypointMatrix
        .Of(state.Baseline, [.. Tried(state).Where(i => i.Iteration < state.Iteration).Select(i => i.Trials), state.Trials])
        .HasPlateaued(state.Start!.Budget.PlateauWindow);

    /// <summary>Iterations whose candidate was tried on the base that the baseline was measured on, in order: the columns of the matrix after its first.</summary>
    public static IEnumerable<IterationRecord> Tried(EvolutionState state) => state.Iterations.Where(i => i.Base == state.Base && !i.Trials.IsEmpty);

    private static bool NothingChanges(EvolutionState state)
    {
        var before = state.Start!.Budget.PlateauWindow - 1;
        var last = Earlier(state).TakeLast(before).ToList();
        return last.Count == before && last.TrueForAll(i => i.Ruling.Verdict == Verdict.NoChange);
    }

    private static IEnumerable<IterationRecord> Earlier(EvolutionState state) =>
        state.Iterations.Where(i => i.Iteration < state.Iteration);

    /// <summary>Over what is repaired here: what did not fail has left the batch.</summary>
    private static double BaselineMean(EvolutionState state)
    {
        var reproduced = state.Reproduced();
        return state.Baseline
            .Where(trial => trial is { Suite: Suite.Batch, Counts: true } && reproduced.Contains(trial.Scenario))
            .GroupBy(trial => trial.Scenario).Select(scenario => scenario.Average(trial => trial.Score)).DefaultIfEmpty(0).Average();
    }
}
