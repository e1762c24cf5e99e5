using System.Collections.Immutable;
using System.Globalization;

namespace Moss.Domain.Judgement;

/// <summary>Everything that a ruling depends on.</summary>
/// <param name="Trials">Both arms, paired by scenario and index.</param>
/// <param name="Alpha">Share of the error rate that this iteration may spend.</param>
/// <param name="RegressionMargin">How far the pass rate of a held-out scenario may fall, 0 to 1.</param>
/// <param name="Generalisation">Share of held-out failures that must pass on the candidate, 0 to 1.</param>
/// <param name="Proposal">A model's opinion; null when there is none.</param>
public sealed record VerdictCase(
    ImmutableArray<TrialResult> Trials, double Alpha, double RegressionMargin, double Generalisation, Verdict? Proposal)
{
    /// <summary>
    /// Fewest different failures that a promoted change repairs, 1 or more. Trials of one scenario show that it is repaired and not by
    /// chance; that the fault is repaired, and not this one case of it, only other failures can show.
    /// </summary>
    public int LeastFailures { get; init; } = 1;

    /// <summary>What is known of each scenario on the live version, these trials included; when not said, what these trials say.</summary>
    public ImmutableArray<LiveRecord> Live { get; init; }

    /// <summary>Whether the change is run by what passes; null where that was not looked at.</summary>
    public Firing? Firing { get; init; }

    /// <summary>Which of the rules of <see cref="VerdictPolicy"/> holds.</summary>
    public int Policy { get; init; } = VerdictPolicy.Version;
}

/// <summary>
/// Rules on a candidate from stored trials alone: the same trials give the same ruling, for ever and anywhere. A rule that was ever in
/// force stays here under its version, so that what was ruled by it can be derived again.
/// </summary>
public static class VerdictPolicy
{
    /// <summary>Compares pass rates of held-out scenarios as they are, flaky or not.</summary>
    public const int ComparingRates = 1;

    /// <summary>A flaky held-out scenario is worse when an exact test says so, see <see cref="Guard"/>.</summary>
    public const int Guarding = 2;

    /// <summary>The rule in force: besides, a change that nothing runs has repaired nothing, see <see cref="Judgement.Firing"/>.</summary>
    public const int Version = 3;

    /// <summary>True when rulings of this version can be derived here.</summary>
    public static bool Knows(int version) => version is >= ComparingRates and <= Version;

    /// <summary>The ruling. A proposal can lower it, never raise it.</summary>
    public static Ruling Rule(VerdictCase verdictCase)
    {
        var trials = verdictCase.Trials.Where(trial => trial.Counts).ToImmutableArray();
        var repaired = Assess.Fixed(verdictCase.Trials, trials, verdictCase.Alpha);
        var (safe, general) = verdictCase.Policy == ComparingRates ? ByRates(verdictCase, trials) : ByGuards(verdictCase, trials);
        var (verdict, reason, detail) = Lower(Decide(repaired, safe, general, verdictCase), verdictCase.Proposal);
        return new(verdict, reason, detail.Length == 0 ? reason : $"{reason}: {detail}", repaired, safe, general);
    }

    private static (SafeAnswer Safe, GeneralisesAnswer General) ByRates(VerdictCase verdictCase, ImmutableArray<TrialResult> trials) =>
    (
        Assess.SafeByRates(verdictCase.Trials, trials, verdictCase.RegressionMargin),
        Assess.GeneralisesByRates(trials, verdictCase.Generalisation, verdictCase.LeastFailures));

    private static (SafeAnswer Safe, GeneralisesAnswer General) ByGuards(VerdictCase verdictCase, ImmutableArray<TrialResult> trials)
    {
        var live = verdictCase.Live.IsDefault ? LiveRecord.Of(trials) : verdictCase.Live;
        return (
            Assess.Safe(verdictCase.Trials, trials, live, verdictCase.RegressionMargin),
            Assess.Generalises(trials, live, verdictCase.Generalisation, verdictCase.LeastFailures));
    }

    private static (Verdict Verdict, string Reason, string Detail) Decide(
        FixedAnswer repaired, SafeAnswer safe, GeneralisesAnswer general, VerdictCase verdictCase)
    {
        var policy = verdictCase.Policy;

        // A failure that was seen is no question of power; the first rule did not say so.
        if (repaired.HadNoPower && !(repaired.HasFailed && policy > ComparingRates))
        {
            return (Verdict.Inconclusive, Text($"only {repaired.Pairs} pairs of trials count, too few for an error rate of {repaired.Alpha:0.####}"), "");
        }

        if (!safe.Regressed.IsEmpty)
        {
            return (Verdict.Regressed, "something that worked before does not work any more", Names(safe.Regressed));
        }

        if (!safe.Untried.IsEmpty && !(repaired.HasFailed && policy > ComparingRates))
        {
            return (Verdict.Inconclusive, "a held-out scenario could not be replayed", Names(safe.Untried));
        }

        if (!repaired.StillFailing.IsEmpty)
        {
            return (Verdict.NeedMoreWork, $"{repaired.StillFailing.Length} scenarios of the batch still fail", Names(repaired.StillFailing));
        }

        if (!safe.Unsettled.IsEmpty)
        {
            return (Verdict.NeedMoreWork, "a flaky held-out scenario never passed, and too few trials tell whether that is chance", Names(safe.Unsettled));
        }

        if (!repaired.Yes)
        {
            return (Verdict.NeedMoreWork, Text($"the gain may be chance (p = {repaired.PValue:0.####}, needed {repaired.Alpha:0.####})"), "");
        }

        if (general.Yes == false)
        {
            return (Verdict.NeedMoreWork, "the change does not carry over to held-out failures",
                Text($"{general.NowPassing} of {general.HeldOutFailures} pass"));
        }

        if (!general.HasEnough)
        {
            return (Verdict.Inconclusive, Text($"only {general.Repaired} different failures are repaired, and verdict.leastFailures asks for {general.Least}"), "");
        }

        if (policy > Guarding && verdictCase.Firing is { Yes: false, Lines: var lines })
        {
            return (Verdict.NoChange, "what failed passes now, but nothing that passes runs a line of the change: it was not the change",
                Text($"{lines} lines"));
        }

        return (Verdict.Converged, Text($"every scenario of the batch passes and nothing held out got worse (p = {repaired.PValue:0.##E+0})"), "");
    }

    /// <summary>A limit ends what would need more work as well; what the trials say of harm or of too little power stands.</summary>
    private static (Verdict Verdict, string Reason, string Detail) Lower(
        (Verdict Verdict, string Reason, string Detail) ruled, Verdict? proposal) => (ruled.Verdict, proposal) switch
    {
        (Verdict.Converged, { } lower and not Verdict.Converged) => (lower, $"the trials pass, but the reviewing role proposed {lower}", ""),
        (Verdict.NeedMoreWork, { } limit and (Verdict.FundamentalLimitModel or Verdict.FundamentalLimitArchitecture)) =>
            (limit, $"{ruled.Reason}; the reviewing role proposed {limit}", ruled.Detail),
        _ => ruled,
    };

    private static string Names(IEnumerable<string> scenarios) => string.Join(", ", scenarios);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
