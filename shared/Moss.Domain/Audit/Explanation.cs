using System.Collections.Immutable;
using Moss.Domain.Judgement;
using Moss.Domain.Judgement.Judges;

namespace Moss.Domain.Audit;

/// <summary>
/// A verdict with everything that it rests on, computed from stored trials. It names held-out scenarios: it is for people, never for an
/// agent.
/// </summary>
/// <param name="Iteration">Which iteration's ruling; 0 when none was ruled on.</param>
/// <param name="Verdict">What was ruled; how the evolution ended when nothing was tried; null while there is neither.</param>
/// <param name="Reason">Why, in one plain sentence.</param>
/// <param name="Policy">Version of the rule.</param>
/// <param name="Scenarios">Each scenario before and after.</param>
/// <param name="Fixed">Null without trials of a candidate, as are the other two answers.</param>
/// <param name="Safe">With a row for each held-out scenario.</param>
/// <param name="Generalises">With its interval.</param>
/// <param name="WouldChange">What would change the answer, a sentence each.</param>
public sealed record Explanation(
    int Iteration, Verdict? Verdict, string Reason, int Policy, ImmutableArray<ScenarioAccount> Scenarios, FixedAccount? Fixed, SafeAccount? Safe,
    GeneralisesAccount? Generalises, ImmutableArray<string> WouldChange)
{
    /// <summary>Confidence of every interval in it.</summary>
    public const double Confidence = 0.95;

    /// <summary>Whether the change is run by what passes; null where that was not looked at.</summary>
    public Firing? Firing { get; init; }

    /// <summary>Every judge that was measured; those of held-out scenarios too.</summary>
    public ImmutableArray<JudgeAccount> Judges { get; init; } = [];
}

/// <summary>A judge and what rests on it.</summary>
/// <param name="Calibration">What it said where the answer is known.</param>
/// <param name="Suite">What its scenario is for.</param>
public sealed record JudgeAccount(JudgeCalibration Calibration, Suite Suite)
{
    /// <summary>How steady and how right it is, and what follows.</summary>
    public JudgeMeasure Measure { get; } = JudgeRule.Measure(Calibration);

    /// <summary>What that means for the scenario.</summary>
    public string Effect => (Measure.IsAccepted, Suite) switch
    {
        (true, _) => "its votes count",
        (_, Suite.Batch) => "the batch cannot be judged",
        _ => "the scenario guards nothing in this evolution",
    };
}

/// <summary>One scenario. <paramref name="After"/> is null where no candidate was tried.</summary>
/// <param name="Scenario">Scenario id.</param>
/// <param name="Suite">What it is for.</param>
/// <param name="Before">The baseline arm.</param>
/// <param name="After">The candidate.</param>
public sealed record ScenarioAccount(string Scenario, Suite Suite, ArmAccount Before, ArmAccount? After);

/// <summary>One version on one scenario.</summary>
/// <param name="Outcomes">Trials by how they ended.</param>
/// <param name="Mean">Mean score of the trials that count, 0 to 1.</param>
/// <param name="PassRate">Exact interval of the pass rate at <see cref="Explanation.Confidence"/>.</param>
public sealed record ArmAccount(OutcomeTally Outcomes, double Mean, Interval PassRate)
{
    /// <summary>Null without trials.</summary>
    public static ArmAccount? Of(IReadOnlyCollection<TrialResult> trials)
    {
        var tally = OutcomeTally.Of(trials);
        return trials.Count == 0
            ? null
            : new(tally, trials.Where(trial => trial.Counts).Select(trial => trial.Score).DefaultIfEmpty(0).Average(), tally.Interval(Explanation.Confidence));
    }
}

/// <summary>Are the failures repaired?</summary>
/// <param name="Answer">Its numbers.</param>
/// <param name="Power">Chance that a full repair would have passed this plan, at the rates known of the live version.</param>
public sealed record FixedAccount(FixedAnswer Answer, double Power);

/// <summary>Does everything that worked still work?</summary>
/// <param name="Answer">Its numbers.</param>
/// <param name="Margin">How far the pass rate of a held-out scenario may fall.</param>
public sealed record SafeAccount(SafeAnswer Answer, double Margin);

/// <summary>Does the repair carry over?</summary>
/// <param name="Answer">Its numbers.</param>
/// <param name="Share">Exact interval of the share of held-out failures that are repaired, scenarios being the unit.</param>
public sealed record GeneralisesAccount(GeneralisesAnswer Answer, Interval Share);
