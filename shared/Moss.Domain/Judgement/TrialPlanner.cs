using System.Collections.Immutable;

namespace Moss.Domain.Judgement;

/// <summary>How often a scenario is to be replayed on each arm.</summary>
public sealed record TrialPlanRow(string Scenario, Suite Suite, int Trials);

/// <summary>Decides before anything is spent how many trials can give an answer at all.</summary>
public static class TrialPlanner
{
    /// <summary>Most trials of one scenario on one arm.</summary>
    public const int Cap = 20;

    /// <summary>
    /// Enough trials that a batch which is wholly repaired passes the test: with k scenarios and n trials the smallest p-value
    /// is 2^-(k n). The corpus is replayed as often as the depth says.
    /// </summary>
    /// <param name="batch">Scenarios that failed at baseline.</param>
    /// <param name="corpus">Held-out scenarios.</param>
    /// <param name="least">Fewest trials of a scenario, from the depth.</param>
    /// <param name="alpha">Share of this iteration.</param>
    public static ImmutableArray<TrialPlanRow> Plan(
        ImmutableArray<string> batch, ImmutableArray<string> corpus, int least, double alpha)
    {
        var trials = batch.IsEmpty ? least : Math.Clamp(TrialsFor(batch.Length, alpha), least, Math.Max(least, Cap));
        return
        [
            .. batch.Select(scenario => new TrialPlanRow(scenario, Suite.Batch, trials)),
            .. corpus.Select(scenario => new TrialPlanRow(scenario, Suite.Corpus, least)),
        ];
    }

    private static int TrialsFor(int scenarios, double alpha)
    {
        var pairs = (int)Math.Ceiling(-Math.Log2(alpha));
        return (pairs + scenarios - 1) / scenarios;
    }
}
