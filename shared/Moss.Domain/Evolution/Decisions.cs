using Moss.Domain.Judgement;

namespace Moss.Domain.Evolution;

/// <summary>What an evolution does next; pure questions about its state, asked by the state machine.</summary>
public static class Decisions
{
    /// <summary>The next round of a stage in the current iteration.</summary>
    public static StageKey NextRound(this EvolutionState state, Stage stage) =>
        new(state.Start!.Evolution, state.Iteration, stage, state.Rounds.GetValueOrDefault(stage) + 1);

    /// <summary>The first stage of the next iteration.</summary>
    public static StageKey NextIteration(this EvolutionState state) =>
        new(state.Start!.Evolution, state.Iteration + 1, Stage.Locate, 1);

    /// <summary>
    /// The key of a stage that is about to be asked for: the same again after a restart, the next iteration for Locate, the
    /// next round otherwise.
    /// </summary>
    public static StageKey KeyOnEntering(this EvolutionState state, Stage stage) => stage switch
    {
        _ when state.Resuming && state.Current is { } current && current.Stage == stage => current,
        Stage.Locate => state.NextIteration(),
        _ => state.NextRound(stage),
    };

    /// <summary>True when an answer is about what runs now; any other is late or repeated.</summary>
    public static bool IsCurrent(this EvolutionState state, StageKey key) =>
        state.Current == key && state.Phase == Phases.Of(key.Stage);

    /// <summary>True when a rejected plan may be drafted again.</summary>
    public static bool MayPlanAgain(this EvolutionState state) =>
        state.Rounds.GetValueOrDefault(Stage.Plan) <= state.Start!.Budget.PlanRounds && state.HasMoney;

    /// <summary>True when a rejected change may be written again.</summary>
    public static bool MayWriteAgain(this EvolutionState state) =>
        state.Rounds.GetValueOrDefault(Stage.Implement) <= state.Start!.Budget.CodeRetries && state.HasMoney;

    /// <summary>True when the stage that broke is worth another try.</summary>
    public static bool MayTryAgain(this EvolutionState state, bool transient) =>
        transient && state.Breaks <= EvolutionState.BreaksAllowed;

    /// <summary>True when no iteration will follow.</summary>
    public static bool IsFinal(this EvolutionState state) => state.Ruling is { Final: true };

    /// <summary>True when the candidate may be offered to a person.</summary>
    public static bool HasConverged(this EvolutionState state) => state.Ruling is { Verdict: Verdict.Converged };
}
