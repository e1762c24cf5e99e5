using System.Collections.Immutable;

namespace Moss.Domain.Judgement;

/// <summary>What the policy says of one candidate: a verdict, why, and the three answers that it rests on.</summary>
/// <param name="Verdict">Converged, NeedMoreWork, Regressed, Inconclusive, or a limit that a model proposed.</param>
/// <param name="Reason">One plain sentence without anything of a held-out scenario: an agent may read it.</param>
/// <param name="Detail">The same for people, with names.</param>
/// <param name="Fixed">Are the failures repaired?</param>
/// <param name="Safe">Does everything that worked still work?</param>
/// <param name="Generalises">Does the repair carry over?</param>
public sealed record Ruling(
    Verdict Verdict, string Reason, string Detail, FixedAnswer Fixed, SafeAnswer Safe, GeneralisesAnswer Generalises);

/// <summary>Are the failures repaired?</summary>
/// <param name="PValue">Of the exact paired test.</param>
/// <param name="Alpha">What it had to stay at or below.</param>
/// <param name="Pairs">Pairs of trials that counted.</param>
/// <param name="BaselineMean">Mean over the batch's scenarios, 0 to 1.</param>
/// <param name="CandidateMean">Mean over the batch's scenarios, 0 to 1.</param>
/// <param name="StillFailing">Scenarios of which a trial of the candidate did not pass.</param>
public sealed record FixedAnswer(
    double PValue, double Alpha, int Pairs, double BaselineMean, double CandidateMean, ImmutableArray<string> StillFailing)
{
    /// <summary>True when a trial of the candidate that counts did not pass: more trials cannot undo that.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Pairs in which the candidate did better.</summary>
    public int Better { get; init; }

    /// <summary>Pairs in which the candidate did worse.</summary>
    public int Worse { get; init; }

    /// <summary>True when the gain is no chance and nothing of the batch fails any more.</summary>
    public bool Yes => PValue <= Alpha && StillFailing.IsEmpty;

    /// <summary>True when so few pairs counted that no gain could have been shown.</summary>
    public bool HadNoPower => ExactPairedTest.SmallestPValue(Pairs) > Alpha;
}

/// <summary>Does everything that worked still work?</summary>
/// <param name="Regressed">Held-out scenarios that the candidate broke.</param>
/// <param name="Untried">Held-out scenarios without a trial that counts on one arm.</param>
public sealed record SafeAnswer(ImmutableArray<string> Regressed, ImmutableArray<string> Untried)
{
    /// <summary>Flaky held-out scenarios that never passed on the candidate, with too few trials to call that harm or chance.</summary>
    public ImmutableArray<string> Unsettled { get; init; } = [];

    /// <summary>Each held-out scenario with its numbers; empty under the first policy.</summary>
    public ImmutableArray<Guard> Guards { get; init; } = [];

    /// <summary>True when nothing got worse and everything was looked at.</summary>
    public bool Yes => Regressed.IsEmpty && Untried.IsEmpty && Unsettled.IsEmpty;
}

/// <summary>Does the repair carry over to failures that the agent never saw?</summary>
/// <param name="HeldOutFailures">Held-out scenarios that failed at baseline.</param>
/// <param name="NowPassing">Those of them that pass in every trial of the candidate.</param>
/// <param name="Threshold">Share that must pass.</param>
public sealed record GeneralisesAnswer(int HeldOutFailures, int NowPassing, double Threshold)
{
    /// <summary>Different failures, of the batch or held out, that pass in every trial of the candidate.</summary>
    public int Repaired { get; init; }

    /// <summary>How many of them the substrate asks for.</summary>
    public int Least { get; init; } = 1;

    /// <summary>True when so many different failures are repaired that it is hardly a coincidence of one.</summary>
    public bool HasEnough => Repaired >= Least;

    /// <summary>Null when there was nothing to see it on.</summary>
    public bool? Yes => HeldOutFailures == 0 ? null : NowPassing >= (Threshold * HeldOutFailures) - 1e-9;
}
