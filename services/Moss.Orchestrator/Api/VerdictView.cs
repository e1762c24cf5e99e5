using Moss.Domain.Audit;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Orchestrator.Api;

/// <summary>A verdict explained.</summary>
internal sealed record VerdictView(
    Guid Evolution, string Substrate, string Phase, int Iteration, string? Verdict, string Reason, int Policy, double Confidence,
    IReadOnlyList<ScenarioVerdictView> Scenarios, FixedView? Fixed, SafeView? Safe, GeneralisesView? Generalises, IReadOnlyList<string> WouldChange, FiringView? Firing,
    IReadOnlyList<JudgeView> Judges)
{
    public const string Yes = "yes";
    public const string No = "no";
    public const string NotEnoughEvidence = "not enough evidence";

    public static VerdictView Of(EvolutionState state)
    {
        var explained = Explain.Of(state);
        return new(
            state.Start!.Evolution, state.Start.Substrate, state.Phase.ToString(), explained.Iteration, explained.Verdict?.ToString(), explained.Reason,
            explained.Policy, Explanation.Confidence, [.. explained.Scenarios.Select(ScenarioVerdictView.Of)], FixedView.Of(explained.Fixed),
            SafeView.Of(explained.Safe), GeneralisesView.Of(explained.Generalises), explained.WouldChange,
            explained.Firing is { } firing ? new(firing.Yes switch { true => Yes, false => No, null => NotEnoughEvidence }, firing.Lines, firing.Ran, firing.Scenarios) : null,
            [.. explained.Judges.Select(JudgeView.Of)]);
    }
}

/// <summary>A scenario before and after.</summary>
internal sealed record ScenarioVerdictView(string Scenario, string Suite, ArmVerdictView Before, ArmVerdictView? After)
{
    public static ScenarioVerdictView Of(ScenarioAccount account) => new(
        account.Scenario, account.Suite.ToString(), ArmVerdictView.Of(account.Before), account.After is null ? null : ArmVerdictView.Of(account.After));
}

/// <summary>One version: trials that count, all trials by how they ended, mean score, and the exact interval of the pass rate.</summary>
internal sealed record ArmVerdictView(
    int Trials, int Passed, int Failed, int TimedOut, int Crashed, int InfrastructureErrors, double Mean, double Low, double High)
{
    public static ArmVerdictView Of(ArmAccount arm) => new(
        arm.Outcomes.Counted, arm.Outcomes.Passed, arm.Outcomes.Failed, arm.Outcomes.TimedOut, arm.Outcomes.Crashed, arm.Outcomes.InfrastructureErrors,
        arm.Mean, arm.PassRate.Low, arm.PassRate.High);
}

/// <summary>Are the failures repaired?</summary>
internal sealed record FixedView(
    string Answer, double PValue, double Alpha, int Pairs, int Better, int Worse, int PairsNeeded, double Power, double BaselineMean,
    double CandidateMean, IReadOnlyList<string> StillFailing)
{
    public static FixedView? Of(FixedAccount? account) => account is { Answer: var answer }
        ? new(
            answer.Yes ? VerdictView.Yes : answer is { HadNoPower: true, HasFailed: false } ? VerdictView.NotEnoughEvidence : VerdictView.No,
            answer.PValue, answer.Alpha, answer.Pairs, answer.Better, answer.Worse, Domain.Judgement.Power.PairsNeeded(answer.Alpha), account.Power, answer.BaselineMean,
            answer.CandidateMean, answer.StillFailing)
        : null;
}

/// <summary>Does everything that worked still work?</summary>
internal sealed record SafeView(
    string Answer, double Margin, double FalseAlarms, IReadOnlyList<string> Regressed, IReadOnlyList<string> Unjudged, IReadOnlyList<GuardView> Guards)
{
    public static SafeView? Of(SafeAccount? account) => account is { Answer: var answer }
        ? new(
            answer.Yes ? VerdictView.Yes : answer.Regressed.IsEmpty ? VerdictView.NotEnoughEvidence : VerdictView.No,
            account.Margin, Guard.FalseAlarms, answer.Regressed, [.. answer.Untried, .. answer.Unsettled], [.. answer.Guards.Select(GuardView.Of)])
        : null;
}

/// <summary>
/// A held-out scenario: Steady, Flaky or Failing on the live version, with all trials known of it; of a flaky one the test for harm, and
/// whether even a complete loss would have gone unseen.
/// </summary>
internal sealed record GuardView(
    string Scenario, string Live, int LivePassed, int LiveTrials, int Passed, int Trials, double? PValue, double? Level, bool Worse, bool Blind)
{
    public static GuardView Of(Guard guard) => new(
        guard.Live.Scenario, guard.Live.Steadiness.ToString(), guard.Live.Passed, guard.Live.Trials, guard.Passed, guard.Trials, guard.PValue,
        guard.PValue is null ? null : guard.Level, guard.IsWorse, guard.IsBlind);
}

/// <summary>Does the repair carry over? Low and high: the interval of the share of held-out failures that are repaired.</summary>
internal sealed record GeneralisesView(
    string Answer, int HeldOutFailures, int NowPassing, double Threshold, double Low, double High, int Repaired, int LeastFailures)
{
    public static GeneralisesView? Of(GeneralisesAccount? account) => account is { Answer: var answer }
        ? new(
            answer.Yes switch { false => VerdictView.No, true when answer.HasEnough => VerdictView.Yes, _ => VerdictView.NotEnoughEvidence },
            answer.HeldOutFailures, answer.NowPassing, answer.Threshold, account.Share.Low, account.Share.High, answer.Repaired, answer.Least)
        : null;
}

/// <summary>Does anything that passes run the change? Lines that it adds or changes, those that ran, and passing scenarios that were looked at.</summary>
internal sealed record FiringView(string Answer, int Lines, int Ran, int Scenarios);
