using Moss.Domain.Judgement;
using Moss.Domain.Judgement.Judges;
using Moss.Replays.Grading;
using Moss.Replays.Json;

namespace Moss.Replays.Judging;

/// <summary>Grades a keypoint by the votes of a panel.</summary>
internal static class JudgeGrader
{
    private const int LongestNote = 300;

    public static async Task<JudgeGrade> GradeAsync(Grader.Judge grader, JudgePanel? panel, TrialRemains remains, CancellationToken cancellationToken)
    {
        switch (JudgedText.Of(grader, remains))
        {
            case JudgedText.Nothing nothing:
                return new JudgeGrade.Scored(new(grader.Id, 0, JsonText.Cut(nothing.Reason, LongestNote)), null);
            case JudgedText.Found when panel is null:
                return new JudgeGrade.NotAsked("it is judged by a model, which is not asked here");
            case JudgedText.Found found:
                var vote = await panel.VoteAsync(new(grader.Question, found.Text), cancellationToken);
                return vote.Ballot.Majority is { } holds
                    ? new JudgeGrade.Scored(new(grader.Id, holds ? 1 : 0, Note(vote.Ballot)), new(grader.Id, vote.Ballot))
                    : new JudgeGrade.Undecided(
                        JsonText.Cut($"{grader.Id}: no answer has a majority: {Note(vote.Ballot)}{(vote.Trouble.Length > 0 ? $"; {vote.Trouble}" : "")}", LongestNote),
                        new(grader.Id, vote.Ballot));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string Note(Ballot ballot) => $"judged: {ballot}";
}

/// <summary>What became of a keypoint that a model judges.</summary>
internal abstract record JudgeGrade
{
    private JudgeGrade() { }

    /// <param name="Result">0 or 1.</param>
    /// <param name="Judged">The votes; null when there was nothing to ask about.</param>
    public sealed record Scored(KeypointResult Result, JudgedKeypoint? Judged) : JudgeGrade;

    /// <summary>Nobody can say: the trial says nothing.</summary>
    public sealed record Undecided(string Reason, JudgedKeypoint Judged) : JudgeGrade;

    /// <summary>There is no judge here, as for who tries out a change: the trial may be seen to fail by other keypoints, never to pass.</summary>
    public sealed record NotAsked(string Reason) : JudgeGrade;
}
