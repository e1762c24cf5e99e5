using System.Collections.Immutable;

namespace Moss.Domain.Judgement;

/// <summary>How often a scenario is to be replayed on each arm; a later one only once everything before it went well.</summary>
public sealed record TrialPlanRow(string Scenario, Suite Suite, int Trials, bool Later = false);

/// <summary>What a plan must be able to show.</summary>
/// <param name="Least">Fewest trials of a scenario on one arm, from the depth.</param>
/// <param name="Alpha">Share of this iteration.</param>
/// <param name="Margin">How far the pass rate of a held-out scenario may fall, 0 to 1.</param>
public sealed record TrialNeeds(int Least, double Alpha, double Margin = 0);

/// <summary>Decides before anything is spent how many trials can give an answer at all.</summary>
public static class TrialPlanner
{
    /// <summary>Most trials of one scenario on one arm.</summary>
    public const int Cap = 20;

    /// <summary>Chance that a full repair passes the test, which a plan reaches where the cap allows.</summary>
    public const double PowerWanted = 0.9;

    /// <summary>
    /// So many trials of the batch that a full repair passes the test with the power wanted, at the rates at which the live version
    /// is known to fail: where it always fails, k scenarios and n trials give the p-value 2^-(k n). A held-out scenario is replayed as
    /// often as the depth says, and a flaky one so often that its complete loss would be seen, where the cap allows.
    /// </summary>
    /// <param name="batch">Scenarios that failed at baseline.</param>
    /// <param name="corpus">Held-out scenarios.</param>
    /// <param name="needs">What to show.</param>
    /// <param name="live">What is known of the live version; a scenario that is not among them counts as always failing in the batch, and as steady in the corpus.</param>
    public static ImmutableArray<TrialPlanRow> Plan(
        ImmutableArray<string> batch, ImmutableArray<string> corpus, TrialNeeds needs, ImmutableArray<LiveRecord> live)
    {
        var known = live.ToDictionary(record => record.Scenario);
        var trials = batch.IsEmpty ? needs.Least : Math.Clamp(TrialsFor(batch, needs.Alpha, known), needs.Least, Math.Max(needs.Least, Cap));
        var flaky = corpus.Where(scenario => known.GetValueOrDefault(scenario) is { Steadiness: Steadiness.Flaky }).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. batch.Select(scenario => new TrialPlanRow(scenario, Suite.Batch, trials)),
            .. corpus.Select(scenario => new TrialPlanRow(
                scenario, Suite.Corpus, flaky.Contains(scenario) ? TrialsToGuard(known[scenario], flaky.Count, needs) : needs.Least)),
        ];
    }

    /// <summary>Chance that a full repair passes the test with this plan; 1 when the live version always fails and the plan suffices.</summary>
    public static double PowerOf(ImmutableArray<TrialPlanRow> plan, double alpha, ImmutableArray<LiveRecord> live)
    {
        var known = live.ToDictionary(record => record.Scenario);
        return Power.OfRepair(
            [.. plan.Where(row => row.Suite == Suite.Batch).SelectMany(row => Enumerable.Repeat(FailureRate(row.Scenario, known), row.Trials))], 1, alpha);
    }

    private static int TrialsFor(ImmutableArray<string> batch, double alpha, Dictionary<string, LiveRecord> known) =>
        Enumerable.Range(1, Cap).FirstOrDefault(
            trials => Power.OfRepair([.. batch.SelectMany(scenario => Enumerable.Repeat(FailureRate(scenario, known), trials))], 1, alpha) >= PowerWanted, Cap);

    private static int TrialsToGuard(LiveRecord live, int flaky, TrialNeeds needs) => Math.Max(
        needs.Least, HarmTest.TrialsToSeeALoss(live, needs.Margin, Guard.FalseAlarms / flaky, Cap) ?? needs.Least);

    private static double FailureRate(string scenario, Dictionary<string, LiveRecord> known) =>
        known.GetValueOrDefault(scenario) is { Trials: > 0 } record ? 1 - record.Rate : 1;
}
