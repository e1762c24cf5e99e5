using System.Collections.Immutable;
using System.Globalization;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Domain.Audit;

/// <summary>Explains the newest verdict of an evolution.</summary>
public static class Explain
{
    /// <summary>The explanation: of the last iteration whose candidate was tried, or else of why none was.</summary>
    public static Explanation Of(EvolutionState state)
    {
        var tried = state.Iterations.LastOrDefault(iteration => !iteration.Trials.IsEmpty);
        var explained = tried is null || tried.Iteration < (state.Ruling?.Iteration ?? 0) ? WithoutTrials(state) : OfTrials(state, tried);
        return explained with
        {
            Judges = [.. state.Judges.Select(judge => new JudgeAccount(judge, state.Start!.Scenarios.Contains(judge.Scenario) ? Suite.Batch : Suite.Corpus))],
        };
    }

    private static Explanation WithoutTrials(EvolutionState state)
    {
        var (verdict, reason) = state switch
        {
            { Ruling: { } ruling } => (ruling.Verdict, ruling.Detail),
            { Ending: { } ending } => (ending.Verdict, ending.Reason),
            _ => ((Verdict?)null, state.Baseline.IsEmpty ? "nothing was replayed yet" : "no candidate was ruled on yet"),
        };
        return new(state.Ruling?.Iteration ?? 0, verdict, reason, state.Ruling?.Policy ?? VerdictPolicy.Version, Accounts(state.Baseline), null, null, null, []);
    }

    private static Explanation OfTrials(EvolutionState state, IterationRecord tried)
    {
        var ruled = tried.Ruling;
        var policy = VerdictPolicy.Knows(ruled.Policy) ? ruled.Policy : VerdictPolicy.Version;
        var verdictCase = Rulings.CaseOf(state, tried.Iteration, tried.Trials, tried.Firing, policy) with { Alpha = ruled.Alpha };
        var ruling = VerdictPolicy.Rule(verdictCase with { Proposal = null });
        var general = ruling.Generalises;
        return new(
            tried.Iteration, ruled.Verdict, ruled.Detail, ruled.Policy, Accounts(tried.Trials),
            new(ruling.Fixed, PlannedPower(tried, verdictCase)),
            new(ruling.Safe, verdictCase.RegressionMargin),
            new(general, Interval.OfRate(general.NowPassing, general.HeldOutFailures, Explanation.Confidence)),
            [.. WouldChange(ruled, ruling, verdictCase)])
        {
            Firing = tried.Firing,
        };
    }

    private static ImmutableArray<ScenarioAccount> Accounts(ImmutableArray<TrialResult> trials) =>
    [
        .. trials.GroupBy(trial => (trial.Scenario, trial.Suite))
            .OrderBy(scenario => scenario.Key.Suite).ThenBy(scenario => scenario.Key.Scenario, StringComparer.Ordinal)
            .Select(scenario => new ScenarioAccount(
                scenario.Key.Scenario, scenario.Key.Suite,
                ArmAccount.Of([.. scenario.Where(trial => trial.Arm == Arm.Baseline)]) ?? new(OutcomeTally.Of([]), 0, new(0, 1)),
                ArmAccount.Of([.. scenario.Where(trial => trial.Arm == Arm.Candidate)]))),
    ];

    /// <summary>Of the trials that were run: a course that was stopped early could show less, and that is what is said.</summary>
    private static double PlannedPower(IterationRecord tried, VerdictCase verdictCase) => TrialPlanner.PowerOf(
        [
            .. tried.Trials.Where(trial => trial.Suite == Suite.Batch).GroupBy(trial => trial.Scenario)
                .Select(scenario => new TrialPlanRow(scenario.Key, Suite.Batch, scenario.Max(trial => trial.Index) + 1)),
        ],
        verdictCase.Alpha, verdictCase.Live);

    private static IEnumerable<string> WouldChange(IterationRuled ruled, Ruling ruling, VerdictCase verdictCase)
    {
        var (repaired, safe, general) = (ruling.Fixed, ruling.Safe, ruling.Generalises);
        if (!repaired.StillFailing.IsEmpty)
        {
            yield return $"a candidate with which every trial passes of: {string.Join(", ", repaired.StillFailing)}";
        }
        else if (repaired.PValue > repaired.Alpha)
        {
            yield return Text(
                $"{Power.PairsNeeded(repaired.Alpha)} pairs of trials better and none worse (now {repaired.Better} and {repaired.Worse}): a failure of the live version that shows more often, or more trials");
        }

        foreach (var scenario in safe.Regressed)
        {
            yield return Harm(scenario, safe, verdictCase);
        }

        if (!safe.Untried.IsEmpty || !safe.Unsettled.IsEmpty)
        {
            yield return $"more trials that can be run, on both versions, of: {string.Join(", ", safe.Untried.Concat(safe.Unsettled))}";
        }

        if (general.Yes == false)
        {
            yield return Text(
                $"{(int)Math.Ceiling((general.Threshold * general.HeldOutFailures) - 1e-9) - general.NowPassing} more held-out failures repaired in every trial");
        }

        if (!general.HasEnough)
        {
            yield return Text($"{general.Least - general.Repaired} more different failures that are known and repaired, or a lower verdict.leastFailures");
        }

        if (ruling.Verdict == Verdict.NoChange)
        {
            yield return "a scenario that passes and runs a line of the change";
        }

        if (ruling.Verdict == Verdict.Converged)
        {
            yield return ruled.Verdict == Verdict.Converged
                ? "one failed trial of the candidate on a scenario of the batch, or harm to a held-out one"
                : "another opinion of the role that proposes the verdict: the trials alone would have converged";
        }
    }

    private static string Harm(string scenario, SafeAnswer safe, VerdictCase verdictCase) =>
        safe.Guards.FirstOrDefault(guard => guard.Live.Scenario == scenario) is { PValue: { } pValue } flaky
            ? Text($"more passes of {scenario}: {flaky.Passed} of {flaky.Trials}, while the live version passes {flaky.Live.Passed} of {flaky.Live.Trials} (p = {pValue:0.####}, called worse at {flaky.Level:0.####})")
            : Text($"a candidate that leaves {scenario} as it was: it may fall by {verdictCase.RegressionMargin:0.##}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
