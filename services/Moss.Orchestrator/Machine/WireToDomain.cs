using System.Collections.Immutable;
using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.Contracts.Orchestration;
using Moss.Contracts.Trials;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Judgement.Judges;
using Approving = Moss.Domain.Consents;

namespace Moss.Orchestrator.Machine;

/// <summary>Messages as facts of the domain, by hand and in view.</summary>
internal static class WireToDomain
{
    public static EvolutionStarted ToEvent(this StartEvolution message) => new(
        message.EvolutionId, message.BatchId, message.Substrate, message.BaseCommit, [.. message.Scenarios], Enum.Parse<Depth>(message.Depth),
        Budget.Of(Enum.Parse<Depth>(message.Depth)) with
        {
            Dollars = message.Dollars,
            DollarsPerStage = message.DollarsPerStage,
            WallClock = message.WallClockSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        },
        new(message.Alpha, message.RegressionMargin, message.Generalisation, message.LeastFailures), message.RequestedBy)
    {
        Quarantined = [.. message.Quarantined ?? []],
        Consent = message.Consent is { } consent
            ? new(
                [.. consent.Approvers.Select(approver => new Approving.ConsentApprover(approver.Name, approver.Key))], consent.Quorum,
                consent.RequesterMayApprove, TimeSpan.FromSeconds(consent.ValiditySeconds))
            : null,
    };

    public static Approving.SignedConsent ToConsent(this ConsentSignature signed) => new(signed.Text, signed.Signature);

    public static Facts.ConsentSigned ToEvent(this SignConsent message) => new(
        Approving.ConsentText.ApproverOf(message.Signature.Text), message.Signature.Text, message.Signature.Signature);

    public static MoneySpent ToMoneySpent(this StageReference stage, Spending spending) => new(
        stage.ToKey(), spending.Agent, spending.Dollars, spending.TokensIn, spending.TokensOut, spending.Seconds) 
    {
        Exhausted = spending.Exhausted, Estimated = spending.Estimated, Model = spending.Model, Prompt = spending.Prompt,
    };

    public static ImmutableArray<TrialResult> ToResults(this IReadOnlyList<TrialReport> trials) => [.. trials.Select(ToResult)];

    public static ImmutableArray<JudgeCalibration> ToCalibrations(this IReadOnlyList<JudgeMeasured>? judges) =>
    [
        .. (judges ?? []).Select(judge => new JudgeCalibration(
            judge.Scenario, judge.Keypoint, new(judge.Votes, judge.MaximumFlipRate, judge.MinimumAgreement),
            [.. judge.Labels.Select(label => new LabelBallot(label.Expected, label.HasOrder, new(label.Holds, label.DoesNot, label.Abstained)))])),
    ];

    private static TrialResult ToResult(TrialReport trial) => new(
        trial.Scenario, Enum.Parse<Suite>(trial.Suite), Enum.Parse<Arm>(trial.Arm), trial.Index, Enum.Parse<TrialOutcome>(trial.Outcome),
        trial.Score, [.. trial.Keypoints.Select(keypoint => new KeypointResult(keypoint.Keypoint, keypoint.Score, keypoint.Note))])
    {
        Runner = trial.Runner,
    };
}
