using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Moss.Domain.Judgement;
using Moss.Replays.Grading;
using Moss.Replays.Judging;
using Moss.Replays.Reading;

namespace Moss.Replays.Sandboxed;

/// <summary>Grades what a trial left: data here, scripts in sandboxes of their own, and what a model judges by the votes of a panel.</summary>
internal sealed class TrialGrading(ScriptGrader scripts)
{
    public static Replay Ungraded(ReplayRequest request, TrialOutcome outcome, string reason) =>
        new(outcome, 0, Graders.Nothing(request.Scenario.Graders, reason)) { Note = reason };

    public static Replay Unusable(ReplayRequest request, string reason) => Ungraded(request, TrialOutcome.InfrastructureError, reason);

    public async Task<Replay> GradeAsync(ReplayRequest request, TrialRemains remains, Scratch scratch, CancellationToken cancellationToken)
    {
        var graders = request.Scenario.Graders;
        var marks = ImmutableArray.CreateBuilder<Mark>(graders.Length);
        foreach (var grader in graders)
        {
            marks.Add(await MarkAsync(grader, request, remains, scratch, cancellationToken));
            if (marks[^1].Void is { } reason)
            {
                return Unusable(request, reason) with { Judged = VotesOf(marks) };
            }
        }

        ImmutableArray<KeypointResult> results = [.. marks.Select(mark => mark.Result!)];
        return marks.FirstOrDefault(mark => mark.Unasked is not null)?.Unasked is { } unasked && !FailsAnyhow(graders, results)
            ? Unusable(request, unasked) with { Keypoints = results }
            : Graded(graders, results) with { Judged = VotesOf(marks) };
    }

    private async Task<Mark> MarkAsync(Grader grader, ReplayRequest request, TrialRemains remains, Scratch scratch, CancellationToken cancellationToken) => grader switch
    {
        Grader.Script script => await ScriptAsync(script, request, scratch, cancellationToken) switch
        {
            ScriptGrade.Unavailable unavailable => new() { Void = unavailable.Reason },
            ScriptGrade.Scored scored => new() { Result = scored.Result },
            _ => throw new UnreachableException(),
        },
        Grader.Judge judge => await JudgeGrader.GradeAsync(judge, request.Judge, remains, cancellationToken) switch
        {
            JudgeGrade.Undecided undecided => new() { Void = undecided.Reason, Votes = undecided.Judged },
            JudgeGrade.NotAsked missing => new() { Result = new(judge.Id, 0, missing.Reason), Unasked = $"{judge.Id}: {missing.Reason}" },
            JudgeGrade.Scored scored => new() { Result = scored.Result, Votes = scored.Judged },
            _ => throw new UnreachableException(),
        },
        _ => new() { Result = Graders.Grade(grader, remains) },
    };

    private static ImmutableArray<JudgedKeypoint> VotesOf(IEnumerable<Mark> marks) => [.. marks.Select(mark => mark.Votes).OfType<JudgedKeypoint>()];

    /// <summary>Among those that no model judges.</summary>
    private static bool FailsAnyhow(ImmutableArray<Grader> graders, ImmutableArray<KeypointResult> results) =>
        graders.Zip(results).Any(pair => pair is { First: { Required: true } and not Grader.Judge, Second.Score: < 1 });

    private async Task<ScriptGrade> ScriptAsync(Grader.Script script, ReplayRequest request, Scratch scratch, CancellationToken cancellationToken)
    {
        var (copy, task) = (Path.Combine(scratch.Path, "remains"), Path.Combine(scratch.Path, "task.json"));
        if (!File.Exists(task))
        {
            RemainsCopy.Copy(Path.Combine(scratch.Path, "out"), scratch.Folder("remains"));
            scratch.File("task.json", ScenarioWriter.WriteTask(request.Scenario));
        }

        return await scripts.GradeAsync(script, request, copy, task, cancellationToken);
    }

    private static Replay Graded(ImmutableArray<Grader> graders, ImmutableArray<KeypointResult> results)
    {
        var passed = Graders.Passed(graders, results);
        var missed = graders.Zip(results).FirstOrDefault(pair => pair.First.Required && pair.Second.Score < 1).Second;
        return new(passed ? TrialOutcome.Passed : TrialOutcome.Failed, Graders.Score(graders, results), results)
        {
            Note = missed is null ? "" : missed.Note.Length > 0 ? $"{missed.Keypoint}: {missed.Note}" : $"{missed.Keypoint} scored {missed.Score.ToString("0.##", CultureInfo.InvariantCulture)}",
        };
    }

    /// <summary>What one grader gave.</summary>
    private sealed record Mark
    {
        /// <summary>The keypoint; null when there is none to give.</summary>
        public KeypointResult? Result { get; init; }

        /// <summary>The votes on it, where a model was asked.</summary>
        public JudgedKeypoint? Votes { get; init; }

        /// <summary>Why nobody was asked who should have been.</summary>
        public string? Unasked { get; init; }

        /// <summary>Why the whole trial says nothing.</summary>
        public string? Void { get; init; }
    }
}
