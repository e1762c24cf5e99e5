using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Orchestrator.Api;

/// <summary>An evolution as the API shows it.</summary>
internal sealed record EvolutionView(
    Guid Id, Guid Batch, string Substrate, string Depth, string Phase, int Iteration, string? Stage, int Round, string BaseCommit,
    IReadOnlyList<string> Scenarios, decimal Dollars, DateTimeOffset StartedAt, IReadOnlyList<IterationView> Iterations,
    ChangeView? Change, RulingView? Ruling, IReadOnlyList<ScenarioView> ScenarioResults, IReadOnlyDictionary<string, int> TrialsPerRunner,
    EndingView? Ending, RolledBackInProduction? Production = null)
{
    public static EvolutionView Of(EvolutionState state)
    {
        var start = state.Start!;
        return new(
            start.Evolution, start.Batch, start.Substrate, start.Depth.ToString(), state.Phase.ToString(), state.Iteration,
            state.Current?.Stage.ToString(), state.Current?.Round ?? 0, state.Base, start.Scenarios, state.Spent, state.StartedAt,
            [.. state.Iterations.Select(IterationView.Of)], ChangeView.Of(state.Change), RulingView.Of(state.Ruling),
            ScenarioView.Of(state), PerRunner(state), EndingView.Of(state.Ending), state.Production);
    }

    /// <summary>How many trials of the baseline and of the newest candidate each runner ran.</summary>
    private static SortedDictionary<string, int> PerRunner(EvolutionState state) => new(
        state.Baseline.Concat(state.Trials)
            .Where(trial => trial.Runner.Length > 0)
            .CountBy(trial => trial.Runner)
            .ToDictionary(),
        StringComparer.Ordinal);
}

internal sealed record IterationView(int Iteration, string Verdict, string Reason, string? Commit)
{
    public static IterationView Of(IterationRecord iteration) =>
        new(iteration.Iteration, iteration.Ruling.Verdict.ToString(), iteration.Ruling.Reason, iteration.Change?.Commit);
}

internal sealed record ChangeView(string Commit, string Tree, string DiffArtifact, string Summary, int FilesChanged, int Insertions, int Deletions)
{
    public static ChangeView? Of(Change? change) => change is null
        ? null
        : new(change.Commit, change.Tree, change.DiffArtifact, change.Summary, change.FilesChanged, change.Insertions, change.Deletions);
}

internal sealed record RulingView(
    string Verdict, string Reason, string Detail, bool Final, double? PValue, double Alpha, double BaselineMean, double CandidateMean)
{
    public static RulingView? Of(IterationRuled? ruling) => ruling is null
        ? null
        : new(
            ruling.Verdict.ToString(), ruling.Reason, ruling.Detail, ruling.Final, ruling.PValue, ruling.Alpha, ruling.BaselineMean,
            ruling.CandidateMean);
}

internal sealed record EndingView(string Verdict, string Reason, bool Promoted, bool RolledBack)
{
    public static EndingView? Of(Ending? ending) =>
        ending is null ? null : new(ending.Verdict.ToString(), ending.Reason, ending.Promoted, ending.RolledBack);
}

/// <summary>A scenario before and after, over the trials that count.</summary>
internal sealed record ScenarioView(string Scenario, string Suite, ArmView Baseline, ArmView? Candidate)
{
    public static IReadOnlyList<ScenarioView> Of(EvolutionState state)
    {
        var trials = state.Trials.IsEmpty ? state.Baseline : state.Trials;
        var measured = state.Baseline.Where(trial => !trials.Any(other => other.Scenario == trial.Scenario)).Concat(trials);
        return
        [
            .. measured
                .Where(trial => trial.Counts)
                .GroupBy(trial => (trial.Scenario, trial.Suite))
                .OrderBy(group => group.Key.Suite).ThenBy(group => group.Key.Scenario, StringComparer.Ordinal)
                .Select(group => new ScenarioView(
                    group.Key.Scenario, group.Key.Suite.ToString(),
                    ArmView.Of([.. group.Where(trial => trial.Arm == Arm.Baseline)])!,
                    ArmView.Of([.. group.Where(trial => trial.Arm == Arm.Candidate)]))),
        ];
    }
}

/// <summary>One arm: trials, passes, mean score and the 95 % interval of the pass rate.</summary>
internal sealed record ArmView(int Trials, int Passed, double Mean, double Low, double High)
{
    public static ArmView? Of(IReadOnlyList<TrialResult> trials)
    {
        if (trials.Count == 0)
        {
            return null;
        }

        var passed = trials.Count(trial => trial.Passed);
        var interval = Interval.OfRate(passed, trials.Count);
        return new(trials.Count, passed, trials.Average(trial => trial.Score), interval.Low, interval.High);
    }
}
