using System.Collections.Immutable;
using Moss.Domain.Judgement;
using Moss.PatchGate.Sets;
using Moss.Replays;

namespace Moss.PatchGate.Trying;

/// <summary>One trial that shall run.</summary>
internal sealed record ScheduledTrial(Scenario Scenario, Suite Suite, int Index);

/// <summary>
/// How often each scenario is replayed on a candidate, once it is known which of them fail on the base. Pure. Visible scenarios that fail
/// are the batch: just so many pairs that an error rate can be stated. All others guard, and are replayed once.
/// </summary>
/// <param name="Batch">In the order in which they run.</param>
/// <param name="Guards">Visible ones before held-out ones.</param>
internal sealed record TrialSchedule(ImmutableArray<ScheduledTrial> Batch, ImmutableArray<ScheduledTrial> Guards)
{
    /// <summary>A light evolution has three iterations, and each may spend a third of the error rate.</summary>
    public const int Iterations = 3;

    public static TrialSchedule Of(ImmutableArray<Scenario> scenarios, IReadOnlySet<string> failing, double alpha)
    {
        Scenario[] batch = [.. scenarios.Where(scenario => PatchProgram.IsVisible(scenario) && failing.Contains(scenario.Id))];
        var rounds = batch.Length == 0 ? 0 : (PairsNeeded(alpha) + batch.Length - 1) / batch.Length;
        return new(
            [.. from index in Enumerable.Range(0, rounds) from scenario in batch select new ScheduledTrial(scenario, Suite.Batch, index)],
            [
                .. scenarios.Except(batch).OrderByDescending(PatchProgram.IsVisible).ThenBy(scenario => scenario.Id, StringComparer.Ordinal)
                    .Select(scenario => new ScheduledTrial(scenario, Suite.Corpus, 0)),
            ]);
    }

    /// <summary>Fewest pairs, each better, that no chance of <paramref name="alpha"/> explains.</summary>
    public static int PairsNeeded(double alpha) =>
        Enumerable.Range(1, 64).First(pairs => ExactPairedTest.SmallestPValue(pairs) <= AlphaSpending.PerIteration(alpha, Iterations));
}
