using Moss.Domain.Judgement;

namespace Moss.Domain.Evolution;

/// <summary>What a model may propose; it can lower the ruling, never raise it.</summary>
public enum Proposed
{
    /// <summary>It looks repaired.</summary>
    Converged,

    /// <summary>Not yet.</summary>
    NeedMoreWork,

    /// <summary>The substrate's model cannot do it.</summary>
    FundamentalLimitModel,

    /// <summary>It would need another architecture.</summary>
    FundamentalLimitArchitecture,
}

/// <summary>Proposals as verdicts.</summary>
public static class Proposals
{
    /// <summary>The verdict of the same name.</summary>
    public static Verdict ToVerdict(this Proposed proposed) => Enum.Parse<Verdict>(proposed.ToString());
}
