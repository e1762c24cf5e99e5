using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Promoting;

/// <summary>The answer to a command, read from the end of the promotion.</summary>
internal static class PromotionAnswers
{
    public static object Of(StageReference stage, PromotionState state) => state switch
    {
        { Outcome: PromotionOutcome.Committed } =>
            new CandidatePromoted(stage, state.Plan!.Candidate.Version.Commit, state.DowntimeSeconds, Rounds(state)),
        { Outcome: PromotionOutcome.Abandoned } => new PromotionRefused(stage, state.Ground!, state.Reason!),
        { Outcome: PromotionOutcome.RolledBack or PromotionOutcome.OperatorNeeded } => new PromotionRolledBack(
            stage,
            state.Plan!.Candidate.Version.Commit,
            state.Plan.LastKnownGood?.Commit ?? "",
            state.Reason is { } also ? $"{state.RollbackReason}; {also}" : state.RollbackReason!,
            Rounds(state),
            state.LogTail),
        _ => throw new InvalidOperationException("a promotion that goes on has no answer"),
    };

    private static List<ProbeRound> Rounds(PromotionState state) =>
        [.. state.Candidate.Rounds.Select(round => new ProbeRound(round.Round, round.Passed, round.Detail, round.At))];
}
