using System.Globalization;
using Moss.Domain.Judgement;

namespace Moss.Domain.Evolution;

/// <summary>Every way in which an evolution can end, with its reason.</summary>
public static class Endings
{
    /// <summary>
    /// A judge of the batch is refused, no scenario of the batch fails on the live version, none could be replayed, or fewer fail than a
    /// verdict needs: said before anything is spent on agents.
    /// </summary>
    public static EvolutionEnded NothingToTry(EvolutionState state)
    {
        var scenarios = state.Start!.Scenarios.Length;
        if (state.UnjudgeableBatch() is { } refused)
        {
            return Without(Verdict.Inconclusive, refused);
        }

        if (!state.Reproduced().IsEmpty)
        {
            return Without(Verdict.Inconclusive, Text(
                $"only {state.DifferentFailures()} different failures are known, and verdict.leastFailures asks for {state.Start.Rules.LeastFailures}: report more, or lower it"));
        }

        return state.Baseline.Any(trial => trial.Suite == Suite.Batch && trial.Counts)
            ? Without(Verdict.NotReproduced, Text($"none of {scenarios} scenarios fails on {Short(state.Base)}"))
            : Without(Verdict.Inconclusive, Text($"none of {scenarios} scenarios could be replayed"));
    }

    /// <summary>The failures come from outside the code.</summary>
    public static EvolutionEnded Environment(EvolutionState state) =>
        Without(Verdict.OutOfScope, $"the failures come from the environment, not from the code: {state.Diagnosis!.Summary}");

    /// <summary>The next agent call could pass the ceiling.</summary>
    public static EvolutionEnded OutOfMoney(EvolutionState state) =>
        Without(Verdict.BudgetExhausted, Text($"{state.Spent:0.00}{Ceiling(state.Start!.Budget)} dollars are spent{Refused(state)}"));

    /// <summary>The time given to the evolution ran out.</summary>
    public static EvolutionEnded OutOfTime(EvolutionState state) =>
        Without(Verdict.BudgetExhausted, Text($"the wall clock of {state.Start!.Budget.WallClock} ran out in stage {state.Current}"));

    /// <summary>The last ruling was final.</summary>
    public static EvolutionEnded AsRuled(EvolutionState state) => Without(state.Ruling!.Verdict, state.Ruling.Reason);

    /// <summary>A person ended it.</summary>
    public static EvolutionEnded Stopped(string by) => Without(Verdict.Stopped, $"stopped by {by}");

    /// <summary>Moss or an agent broke.</summary>
    public static EvolutionEnded Broken(EvolutionState state, string reason) =>
        Without(Verdict.Failed, $"stage {state.Current?.Stage} broke: {reason}");

    /// <summary>A stage gave no answer in time.</summary>
    public static EvolutionEnded LateAnswer(EvolutionState state) => Broken(state, "it did not answer in time");

    /// <summary>The question expired.</summary>
    public const string NobodyConsented = "nobody consented in time";

    /// <summary>Converged, but not taken into production.</summary>
    public static EvolutionEnded NotPromoted(EvolutionState state, string reason) => Without(state.Ruling!.Verdict, reason);

    /// <summary>The candidate serves.</summary>
    public static EvolutionEnded Promoted(EvolutionState state) => new(state.Ruling!.Verdict, state.Ruling.Reason, true, false);

    /// <summary>The candidate did not come up; the last known good version serves.</summary>
    public static EvolutionEnded RolledBack(EvolutionState state, string reason) => new(state.Ruling!.Verdict, reason, false, true);

    private static EvolutionEnded Without(Verdict verdict, string reason) => new(verdict, reason, false, false);

    private static string Ceiling(Budget budget) => budget.Dollars is { } ceiling ? Text($" of {ceiling:0.00}") : "";

    private static string Refused(EvolutionState state) => (state.Exhausted, state.Start!.Budget) switch
    {
        (false, _) => "",
        (_, { DollarsPerStage: { } stage } budget) when !(budget.Dollars - state.Spent < stage) =>
            Text($", and another call could have cost more than the {stage:0.00} that a stage may"),
        _ => ", and another call could have cost more than is left",
    };

    private static string Short(string commit) => commit[..Math.Min(8, commit.Length)];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
