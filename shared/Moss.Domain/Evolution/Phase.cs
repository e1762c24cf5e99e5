namespace Moss.Domain.Evolution;

/// <summary>Where an evolution stands; the names of the state machine's states.</summary>
public enum Phase
{
    /// <summary>Not started.</summary>
    Initial,

    /// <summary>Replaying the live version.</summary>
    Baselining,

    /// <summary>Stage Locate runs.</summary>
    Locating,

    /// <summary>Stage Plan runs.</summary>
    Planning,

    /// <summary>Stage ReviewPlan runs.</summary>
    ReviewingPlan,

    /// <summary>Stage Implement runs.</summary>
    Implementing,

    /// <summary>Stage ReviewCode runs.</summary>
    ReviewingCode,

    /// <summary>Stage Build runs.</summary>
    Building,

    /// <summary>Stage Trial runs.</summary>
    Trialing,

    /// <summary>Stage Evaluate runs.</summary>
    Evaluating,

    /// <summary>Stage Verdict runs.</summary>
    Judging,

    /// <summary>A person is asked.</summary>
    AwaitingConsent,

    /// <summary>Stage Promote runs.</summary>
    Promoting,

    /// <summary>Stage Rebase runs.</summary>
    Rebasing,

    /// <summary>Over: the candidate serves.</summary>
    Promoted,

    /// <summary>Over: the candidate did not come up; the last known good version serves.</summary>
    RolledBack,

    /// <summary>Over without a promotion, by a verdict or by a person.</summary>
    Concluded,

    /// <summary>Ended by a person; can be restarted.</summary>
    Stopped,

    /// <summary>Something broke; can be restarted.</summary>
    Failed,
}

/// <summary>Which phase waits for which stage.</summary>
public static class Phases
{
    /// <summary>The phase in which a stage runs.</summary>
    public static Phase Of(Stage stage) => stage switch
    {
        Stage.Baseline => Phase.Baselining,
        Stage.Locate => Phase.Locating,
        Stage.Plan => Phase.Planning,
        Stage.ReviewPlan => Phase.ReviewingPlan,
        Stage.Implement => Phase.Implementing,
        Stage.ReviewCode => Phase.ReviewingCode,
        Stage.Build => Phase.Building,
        Stage.Trial => Phase.Trialing,
        Stage.Evaluate => Phase.Evaluating,
        Stage.Verdict => Phase.Judging,
        Stage.Promote => Phase.Promoting,
        Stage.Rebase => Phase.Rebasing,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "no such stage"),
    };

    /// <summary>True when nothing will happen any more unless a person restarts it.</summary>
    public static bool IsTerminal(this Phase phase) => phase >= Phase.Promoted;

    /// <summary>True when a person can make it go on.</summary>
    public static bool CanRestart(this Phase phase) => phase is Phase.Stopped or Phase.Failed;
}
