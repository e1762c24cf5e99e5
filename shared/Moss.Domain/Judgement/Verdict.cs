namespace Moss.Domain.Judgement;

/// <summary>What Moss rules. The first four are the published system's; the others are what it cannot say.</summary>
public enum Verdict
{
    /// <summary>The failures are repaired, nothing got worse: ready for consent.</summary>
    Converged,

    /// <summary>Not yet; another iteration is worth its cost.</summary>
    NeedMoreWork,

    /// <summary>The model behind the substrate cannot do it.</summary>
    FundamentalLimitModel,

    /// <summary>It would need another architecture than the scope allows.</summary>
    FundamentalLimitArchitecture,

    /// <summary>No scenario of the batch fails on the live version.</summary>
    NotReproduced,

    /// <summary>The agent changed nothing.</summary>
    NoChange,

    /// <summary>The repair would lie outside the editable files.</summary>
    OutOfScope,

    /// <summary>Something that worked does not work any more.</summary>
    Regressed,

    /// <summary>Too few usable trials to say.</summary>
    Inconclusive,

    /// <summary>No keypoint got better for a whole window.</summary>
    Plateaued,

    /// <summary>Iterations, time or money are used up.</summary>
    BudgetExhausted,

    /// <summary>A person stopped it.</summary>
    Stopped,

    /// <summary>Moss or an agent broke; the reason says what.</summary>
    Failed,
}
