using System.Collections.Immutable;
using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement.Judges;

namespace Moss.Trials.Judging;

/// <summary>What came of measuring all judges of a base.</summary>
/// <param name="Judges">All of them; none when the money did not suffice.</param>
/// <param name="Spending">What it cost; null when there was nobody to measure.</param>
internal sealed record Calibration(ImmutableArray<JudgeCalibration> Judges, Spending? Spending)
{
    public static Calibration None { get; } = new([], null);

    /// <summary>True when nothing that the trials of this batch could show would count.</summary>
    public bool ForbidsTrials(IEnumerable<string> batch) => Spending is { Exhausted: true } || Reliance.UnjudgeableBatch(Judges, batch) is not null;

    /// <summary>Whether a judge of this scenario is refused: its trials would be paid for in vain.</summary>
    public bool Refuses(string scenario) => Judges.Any(judge => judge.Scenario == scenario && !JudgeRule.Measure(judge).IsAccepted);

    /// <summary>For the answer of the stage; null when there are none.</summary>
    public IReadOnlyList<JudgeMeasured>? ToWire() => Judges.IsEmpty
        ? null
        :
        [
            .. Judges.Select(judge => new JudgeMeasured(
                judge.Scenario, judge.Keypoint, judge.Rules.Votes, judge.Rules.MaximumFlipRate, judge.Rules.MinimumAgreement,
                [.. judge.Labels.Select(label => new LabelVotes(label.Holds, label.HasOrder, label.Ballot.Holds, label.Ballot.DoesNot, label.Ballot.Abstained))])),
        ];
}
