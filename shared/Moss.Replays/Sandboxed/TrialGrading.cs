using System.Collections.Immutable;
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
        var results = ImmutableArray.CreateBuilder<KeypointResult>(graders.Length);
        var judged = ImmutableArray.CreateBuilder<JudgedKeypoint>();
        string? unasked = null;
        foreach (var grader in graders)
        {
            switch (grader)
            {
                case Grader.Script script:
                    switch (await ScriptAsync(script, request, scratch, cancellationToken))
                    {
                        case ScriptGrade.Unavailable unavailable:
                            return Unusable(request, unavailable.Reason);
                        case ScriptGrade.Scored scored:
                            results.Add(scored.Result);
                            break;
                    }

                    break;
                case Grader.Judge judge:
                    switch (await JudgeGrader.GradeAsync(judge, request.Judge, remains, cancellationToken))
                    {
                        case JudgeGrade.Undecided undecided:
                            return Unusable(request, undecided.Reason) with { Judged = [.. judged, undecided.Judged] };
                        case JudgeGrade.NotAsked missing:
                            unasked = $"{judge.Id}: {missing.Reason}";
                            results.Add(new(judge.Id, 0, missing.Reason));
                            break;
                        case JudgeGrade.Scored scored:
                            results.Add(scored.Result);
                            if (scored.Judged is { } votes)
                            {
                                judged.Add(votes);
                            }

                            break;
                    }

                    break;
                default:
                    results.Add(Graders.Grade(grader, remains));
                    break;
            }
        }

        return unasked is not null && !FailsAnyhow(graders, results.ToImmutable())
            ? Unusable(request, unasked) with { Keypoints = results.ToImmutable() }
            : Graded(graders, results.ToImmutable()) with { Judged = judged.ToImmutable() };
    }

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
}
