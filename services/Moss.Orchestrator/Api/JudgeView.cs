using Moss.Domain.Audit;
using Moss.Domain.Judgement.Judges;

namespace Moss.Orchestrator.Api;

/// <summary>
/// A judge on the texts whose answer is known: shares with their exact intervals, what is asked of it, whether it is accepted, why not, and
/// what follows for its scenario.
/// </summary>
internal sealed record JudgeView(
    string Scenario, string Suite, string Keypoint, int VotesEach, int Labels, int Agreed, double Agreement, double AgreementLow, double AgreementHigh,
    double MinimumAgreement, int Votes, int Flips, double FlipRate, double FlipRateLow, double FlipRateHigh, double MaximumFlipRate, int Orders,
    int Obeyed, bool Accepted, string Reason, string Effect)
{
    public static JudgeView Of(JudgeAccount account)
    {
        var (calibration, measure) = (account.Calibration, account.Measure);
        var (agreement, flips, rules) = (measure.AgreementBounds, measure.FlipRateBounds, calibration.Rules);
        return new(
            calibration.Scenario, account.Suite.ToString(), calibration.Keypoint, rules.Votes, measure.Labels, measure.Agreed, measure.Agreement, agreement.Low,
            agreement.High, rules.MinimumAgreement, measure.Votes, measure.Flips, measure.FlipRate, flips.Low, flips.High, rules.MaximumFlipRate,
            measure.Orders, measure.Obeyed, measure.IsAccepted, (measure.Ruling as JudgeRuling.Refused)?.Reason ?? "", account.Effect);
    }
}
