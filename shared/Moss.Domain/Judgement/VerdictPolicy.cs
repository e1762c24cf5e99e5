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
}

/// <summary>Rules on a candidate from stored trials alone: the same trials give the same ruling, for ever and anywhere.</summary>
public static class VerdictPolicy
{
    /// <summary>The ruling. A proposal can lower it, never raise it.</summary>
    public static Ruling Rule(VerdictCase verdictCase)
    {
        var trials = verdictCase.Trials.Where(trial => trial.Counts).ToImmutableArray();
        var repaired = Assess.Fixed(verdictCase.Trials, trials, verdictCase.Alpha);
        var safe = Assess.Safe(verdictCase.Trials, trials, verdictCase.RegressionMargin);
        var general = Assess.Generalises(trials, verdictCase.Generalisation, verdictCase.LeastFailures);
        var (verdict, reason, detail) = Lower(Decide(repaired, safe, general), verdictCase.Proposal);
        return new(verdict, reason, detail.Length == 0 ? reason : $"{reason}: {detail}", repaired, safe, general);
    }

    private static (Verdict Verdict, string Reason, string Detail) Decide(
        FixedAnswer repaired, SafeAnswer safe, GeneralisesAnswer general)
    {
        if (repaired.HadNoPower)
        {
            return (Verdict.Inconclusive, Text($"only {repaired.Pairs} pairs of trials count, too few for an error rate of {repaired.Alpha:0.####}"), "");
        }

        if (!safe.Regressed.IsEmpty)
        {
            return (Verdict.Regressed, "something that worked before does not work any more", Names(safe.Regressed));
        }

        if (!safe.Untried.IsEmpty)
        {
            return (Verdict.Inconclusive, "a held-out scenario could not be replayed", Names(safe.Untried));
        }

        if (!repaired.StillFailing.IsEmpty)
        {
            return (Verdict.NeedMoreWork, $"{repaired.StillFailing.Length} scenarios of the batch still fail", Names(repaired.StillFailing));
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
