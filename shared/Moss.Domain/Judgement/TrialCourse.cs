using System.Collections.Immutable;

namespace Moss.Domain.Judgement;

/// <summary>What to replay next.</summary>
public abstract record NextTrials
{
    private NextTrials()
    {
    }

    /// <summary>Each scenario up to so many trials on each arm, what was run included.</summary>
    public sealed record Upto(ImmutableArray<TrialPlanRow> Rows) : NextTrials;

    /// <summary>Nothing more: no further trial can change the answer, or the plan is done.</summary>
    public sealed record Enough(string Reason) : NextTrials;
}

/// <summary>
/// Sequential stopping: looks at the trials so far and asks for more only where they can change the answer. It stops for futility
/// alone. A look that can only end in "no" cannot promote anything, so it spends no error rate and the test at the end stays the
/// exact one of the whole plan (stochastic curtailment with certainty: Lan, Simon and Halperin, Sequential Analysis 1 (1982)).
/// Stopping early for success is never exact here without a price, and never possible: until its last trial a candidate can still
/// fail one, and a candidate that failed one is not promoted.
/// </summary>
public static class TrialCourse
{
    /// <summary>The next look: at the later rows of a plan only when all the others are done and can still end in a promotion.</summary>
    /// <param name="plan">What was planned; not all of it later.</param>
    /// <param name="ended">Trials so far, of both arms.</param>
    /// <param name="step">Trials of a scenario between two looks, and the fewest before the first; 1 or more.</param>
    /// <param name="alpha">What the p-value must stay at or below.</param>
    public static NextTrials Next(ImmutableArray<TrialPlanRow> plan, ImmutableArray<TrialResult> ended, int step, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var first = plan.RemoveAll(row => row.Later);
        var run = ended.GroupBy(trial => trial.Scenario).ToDictionary(scenario => scenario.Key, scenario => scenario.Max(trial => trial.Index) + 1);
        var deepest = run.Values.DefaultIfEmpty(0).Max();
        if (deepest > 0 && (deepest < first.Max(row => row.Trials) || first.Length < plan.Length))
        {
            if (ended.Any(trial => trial is { Suite: Suite.Batch, Arm: Arm.Candidate, Counts: true, Passed: false }))
            {
                return new NextTrials.Enough("a scenario of the batch still fails, which no further trial can undo");
            }

            // With fewer pairs the ruling would be that there was too little power, which is not what was seen.
            if (Pairs(ended).Count >= Power.PairsNeeded(alpha) && BestPValue(first, ended, run) > alpha)
            {
                return new NextTrials.Enough("even if every trial that is left went well, the gain could be chance");
            }
        }

        ImmutableArray<TrialPlanRow> rows = [.. first.Select(row => row with { Trials = Math.Min(row.Trials, deepest + step) })];
        return IsNew(rows, run) ? new NextTrials.Upto(rows) : IsNew(plan, run) ? new NextTrials.Upto(plan) : new NextTrials.Enough("the plan is done");
    }

    private static bool IsNew(ImmutableArray<TrialPlanRow> rows, Dictionary<string, int> run) =>
        rows.Any(row => row.Trials > run.GetValueOrDefault(row.Scenario));

    /// <summary>Every pair that is left better by the most that a pair can be.</summary>
    private static double BestPValue(ImmutableArray<TrialPlanRow> plan, ImmutableArray<TrialResult> ended, Dictionary<string, int> run)
    {
        var left = plan.Where(row => row.Suite == Suite.Batch).Sum(row => row.Trials - run.GetValueOrDefault(row.Scenario));
        return ExactPairedTest.PValue([.. Pairs(ended), .. Enumerable.Repeat(1.0, left)]);
    }

    private static List<double> Pairs(ImmutableArray<TrialResult> ended) =>
        [.. Assess.Pairs(ended.Where(trial => trial is { Suite: Suite.Batch, Counts: true }))];
}
