using System.Collections.Immutable;

namespace Moss.Domain.Judgement;

/// <summary>The three questions, each answered from trials that count.</summary>
internal static class Assess
{
    public static FixedAnswer Fixed(ImmutableArray<TrialResult> all, ImmutableArray<TrialResult> counted, double alpha)
    {
        var batch = counted.Where(trial => trial.Suite == Suite.Batch).ToList();
        var differences = Pairs(batch).ToList();
        var failing = batch
            .Where(trial => trial.Arm == Arm.Candidate)
            .GroupBy(trial => trial.Scenario)
            .Where(scenario => scenario.Any(trial => !trial.Passed))
            .Select(scenario => scenario.Key);
        var untried = all.Where(trial => trial.Suite == Suite.Batch).Select(trial => trial.Scenario).Except(
            batch.Where(trial => trial.Arm == Arm.Candidate).Select(trial => trial.Scenario));

        return new(
            ExactPairedTest.PValue(differences), alpha, differences.Count, Mean(batch, Arm.Baseline), Mean(batch, Arm.Candidate),
            [.. failing.Union(untried).Order(StringComparer.Ordinal)]);
    }

    public static SafeAnswer Safe(ImmutableArray<TrialResult> all, ImmutableArray<TrialResult> counted, double margin)
    {
        var rates = Corpus(counted).ToDictionary(
            scenario => scenario.Key, scenario => (Baseline: PassRate(scenario, Arm.Baseline), Candidate: PassRate(scenario, Arm.Candidate)));

        return new(
            [.. rates.Where(rate => rate.Value.Baseline - rate.Value.Candidate > margin + 1e-9).Select(rate => rate.Key).Order(StringComparer.Ordinal)],
            [
                .. Corpus(all).Select(scenario => scenario.Key)
                    .Where(scenario => rates.GetValueOrDefault(scenario) is not ({ }, { }))
                    .Order(StringComparer.Ordinal),
            ]);
    }

    public static GeneralisesAnswer Generalises(ImmutableArray<TrialResult> trials, double threshold, int least)
    {
        var repaired = trials.GroupBy(trial => trial.Scenario).Where(IsRepaired).Select(scenario => scenario.Key).ToHashSet(StringComparer.Ordinal);
        var failures = Corpus(trials).Where(scenario => PassRate(scenario, Arm.Baseline) < 1).ToList();
        return new(failures.Count, failures.Count(scenario => repaired.Contains(scenario.Key)), threshold) { Repaired = repaired.Count, Least = least };
    }

    private static bool IsRepaired(IEnumerable<TrialResult> scenario) => PassRate(scenario, Arm.Baseline) < 1 && PassRate(scenario, Arm.Candidate) >= 1;

    private static IEnumerable<IGrouping<string, TrialResult>> Corpus(IEnumerable<TrialResult> trials) =>
        trials.Where(trial => trial.Suite == Suite.Corpus).GroupBy(trial => trial.Scenario);

    private static IEnumerable<double> Pairs(IEnumerable<TrialResult> batch) => batch
        .GroupBy(trial => (trial.Scenario, trial.Index))
        .Select(pair => (
            Baseline: pair.FirstOrDefault(trial => trial.Arm == Arm.Baseline), Candidate: pair.FirstOrDefault(trial => trial.Arm == Arm.Candidate)))
        .Where(pair => pair is { Baseline: not null, Candidate: not null })
        .Select(pair => Worth(pair.Candidate!) - Worth(pair.Baseline!));

    /// <summary>A trial that passed is worth 1; otherwise its score, which stays below.</summary>
    private static double Worth(TrialResult trial) => trial.Passed ? 1 : Math.Min(trial.Score, 0.999);

    private static double? PassRate(IEnumerable<TrialResult> scenario, Arm arm)
    {
        bool[] passes = [.. scenario.Where(trial => trial.Arm == arm).Select(trial => trial.Passed)];
        return passes.Length == 0 ? null : passes.Average(passed => passed ? 1.0 : 0.0);
    }

    /// <summary>Scenarios weigh the same, however often each was replayed.</summary>
    private static double Mean(IEnumerable<TrialResult> trials, Arm arm) => trials
        .Where(trial => trial.Arm == arm)
        .GroupBy(trial => trial.Scenario)
        .Select(scenario => scenario.Average(trial => trial.Score))
        .DefaultIfEmpty(0)
        .Average();
}
