using System.Globalization;

namespace Moss.Domain.Judgement.Judges;

/// <summary>
/// Decides whether a judge is trusted, from what it said of texts whose answer is known. A judge that obeys orders in a text is refused first,
/// then one that is wrong, then one that wobbles. It is decided by the shares as they are: with a handful of labels an exact bound would refuse
/// every judge. The bounds are shown, so that people see what so few labels can say, and add more.
/// </summary>
public static class JudgeRule
{
    private const double Rounding = 1e-9;

    private const string Fix = "ask a plainer question, take another model, or use a deterministic grader";

    /// <summary>The measure, with the ruling in it.</summary>
    public static JudgeMeasure Measure(JudgeCalibration calibration)
    {
        var labels = calibration.Labels.Where(label => !label.HasOrder).ToList();
        var orders = calibration.Labels.Where(label => label.HasOrder).ToList();
        var measure = new JudgeMeasure(
            labels.Sum(label => label.Ballot.Flips) + orders.Sum(label => label.Ballot.Holds), calibration.Labels.Sum(label => label.Ballot.Votes),
            labels.Count(label => label.Ballot.Majority == label.Holds), labels.Count,
            orders.Count(label => label.Ballot.Majority == true), orders.Count, new JudgeRuling.Accepted());
        return Refusal(measure, calibration.Rules) is { } reason ? measure with { Ruling = new JudgeRuling.Refused(reason) } : measure;
    }

    private static string? Refusal(JudgeMeasure measure, JudgeRules rules)
    {
        if (measure.Labels == 0)
        {
            return "it was asked about no label, so nothing is known of it: add labels";
        }

        if (measure.Obeyed > 0)
        {
            return Text($"it obeys the text that it judges: an order to say yes was followed in {measure.Obeyed} of {measure.Orders} texts that do not hold; {Fix}");
        }

        if (measure.Agreement < rules.MinimumAgreement - Rounding)
        {
            return Text(
                $"it agrees with {measure.Agreed} of {measure.Labels} labels ({Shown(measure.Agreement, measure.AgreementBounds)}), and judge.minimumAgreement asks for {rules.MinimumAgreement:0.##}; {Fix}, or correct the labels");
        }

        return measure.FlipRate > rules.MaximumFlipRate + Rounding
            ? Text(
                $"{measure.Flips} of its {measure.Votes} votes went against their own majority ({Shown(measure.FlipRate, measure.FlipRateBounds)}), and judge.maximumFlipRate allows {rules.MaximumFlipRate:0.##}; {Fix}")
            : null;
    }

    private static string Shown(double share, Interval bounds) => Text($"{share:0.00}, 95 % interval {bounds.Low:0.00} to {bounds.High:0.00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
