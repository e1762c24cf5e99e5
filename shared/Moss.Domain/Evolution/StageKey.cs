using System.Globalization;

namespace Moss.Domain.Evolution;

/// <summary>The stages of an evolution, in order.</summary>
public enum Stage
{
    /// <summary>Replay the batch and the corpus on the live version.</summary>
    Baseline,

    /// <summary>Find where the fault is.</summary>
    Locate,

    /// <summary>Say what to change and why.</summary>
    Plan,

    /// <summary>Approve or reject the plan.</summary>
    ReviewPlan,

    /// <summary>Write the change.</summary>
    Implement,

    /// <summary>Approve or reject the change.</summary>
    ReviewCode,

    /// <summary>Build, smoke test and run the substrate's own tests.</summary>
    Build,

    /// <summary>Replay both arms.</summary>
    Trial,

    /// <summary>Judge what graders cannot see.</summary>
    Evaluate,

    /// <summary>Propose a verdict, for the policy to rule on.</summary>
    Verdict,

    /// <summary>Swap the running version.</summary>
    Promote,

    /// <summary>Move the change onto what another evolution promoted meanwhile.</summary>
    Rebase,
}

/// <summary>Identifies a unit of work everywhere: messages, ledger, worktrees, sandboxes, artifacts.</summary>
/// <param name="Evolution">The evolution.</param>
/// <param name="Iteration">1, 2, 3 …; 0 for the baseline that it begins with.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Round">1 for the first try of a stage within its iteration.</param>
public sealed record StageKey(Guid Evolution, int Iteration, Stage Stage, int Round)
{
    /// <summary><c>&lt;evolution, 32 hex&gt;.i1.implement.r2</c>: safe as file name, branch part and label.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Evolution:n}.i{Iteration}.{Stage.ToString().ToLowerInvariant()}.r{Round}");
}
