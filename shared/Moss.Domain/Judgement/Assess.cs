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
            .Select(scenario => scenario.Key)
            .ToList();
        var untried = all.Where(trial => trial.Suite == Suite.Batch).Select(trial => trial.Scenario).Except(
            batch.Where(trial => trial.Arm == Arm.Candidate).Select(trial => trial.Scenario));

        return new(
            ExactPairedTest.PValue(differences), alpha, differences.Count, Mean(batch, Arm.Baseline), Mean(batch, Arm.Candidate),
            [.. failing.Union(untried).Order(StringComparer.Ordinal)])
        {
            HasFailed = failing.Count > 0, Better = differences.Count(difference => difference > 0), Worse = differences.Count(difference => difference < 0),
        };
    }

    /// <summary>The first policy's answer: pass rates are compared as they are, flaky or not.</summary>
    public static SafeAnswer SafeByRates(ImmutableArray<TrialResult> all, ImmutableArray<TrialResult> counted, double margin)
    {
        var rates = Corpus(counted).ToDictionary(
            scenario => scenario.Key, scenario => (Baseline: PassRate(scenario, Arm.Baseline), Candidate: PassRate(scenario, Arm.Candidate)));

        return new(
            [.. rates.Where(rate => rate.Value.Baseline - rate.Value.Candidate > margin + 1e-9).Select(rate => rate.Key).Order(StringComparer.Ordinal)],
            Untried(all, counted));
    }

    /// <summary>A guard for each held-out scenario, with what is known of the live version.</summary>
    public static SafeAnswer Safe(
        ImmutableArray<TrialResult> all, ImmutableArray<TrialResult> counted, ImmutableArray<LiveRecord> live, double margin)
    {
        var known = live.ToDictionary(record => record.Scenario);
        Guard[] guards =
        [
            .. Corpus(counted).OrderBy(scenario => scenario.Key, StringComparer.Ordinal).Select(scenario =>
            {
                bool[] passes = [.. scenario.Where(trial => trial.Arm == Arm.Candidate).Select(trial => trial.Passed)];
                return new Guard(known.GetValueOrDefault(scenario.Key) ?? new(scenario.Key, 0, 0), passes.Count(passed => passed), passes.Length, margin);
            }),
        ];
        var flaky = guards.Count(guard => guard.Live.Steadiness == Steadiness.Flaky);
        guards = [.. guards.Select(guard => guard with { Level = Guard.FalseAlarms / Math.Max(1, flaky) })];

        return new(
            [.. guards.Where(guard => guard.IsWorse).Select(guard => guard.Live.Scenario)],
            Untried(all, counted))
        {
            Unsettled = [.. guards.Where(guard => guard.IsUnsettled).Select(guard => guard.Live.Scenario)],
            Guards = [.. guards],
        };
    }

    /// <summary>The first policy's answer: a held-out scenario of which a trial of the baseline failed is a failure.</summary>
    public static GeneralisesAnswer GeneralisesByRates(ImmutableArray<TrialResult> trials, double threshold, int least)
    {
        var repaired = trials.GroupBy(trial => trial.Scenario).Where(IsRepaired).Select(scenario => scenario.Key).ToHashSet(StringComparer.Ordinal);
        var failures = Corpus(trials).Where(scenario => PassRate(scenario, Arm.Baseline) < 1).ToList();
        return new(failures.Count, failures.Count(scenario => repaired.Contains(scenario.Key)), threshold) { Repaired = repaired.Count, Least = least };
    }

    /// <summary>
    /// A held-out failure is one that never passed on the live version: of a flaky scenario it says nothing that a candidate happens to
    /// pass it, or happens not to.
    /// </summary>
    public static GeneralisesAnswer Generalises(
        ImmutableArray<TrialResult> trials, ImmutableArray<LiveRecord> live, double threshold, int least)
    {
        var failing = live.Where(record => record.Steadiness == Steadiness.Failing).Select(record => record.Scenario).ToHashSet(StringComparer.Ordinal);
        var failures = Corpus(trials).Where(scenario => failing.Contains(scenario.Key)).ToList();
        var passing = failures.Count(scenario => PassRate(scenario, Arm.Candidate) >= 1);
        var batch = trials.Where(trial => trial.Suite == Suite.Batch).GroupBy(trial => trial.Scenario).Count(IsRepaired);
        return new(failures.Count, passing, threshold) { Repaired = batch + passing, Least = least };
    }

    private static ImmutableArray<string> Untried(ImmutableArray<TrialResult> all, ImmutableArray<TrialResult> counted)
    {
        var tried = Corpus(counted)
            .Where(scenario => PassRate(scenario, Arm.Baseline) is not null && PassRate(scenario, Arm.Candidate) is not null)
            .Select(scenario => scenario.Key);
        return [.. Corpus(all).Select(scenario => scenario.Key).Except(tried).Order(StringComparer.Ordinal)];
    }

    private static bool IsRepaired(IEnumerable<TrialResult> scenario) => PassRate(scenario, Arm.Baseline) < 1 && PassRate(scenario, Arm.Candidate) >= 1;

    private static IEnumerable<IGrouping<string, TrialResult>> Corpus(IEnumerable<TrialResult> trials) =>
        trials.Where(trial => trial.Suite == Suite.Corpus).GroupBy(trial => trial.Scenario);

    /// <summary>Candidate minus baseline of each pair of which both trials count.</summary>
    public static IEnumerable<double> Pairs(IEnumerable<TrialResult> batch) => batch
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
