using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Moss.Domain.Judgement;
using Moss.Replays.Coverage;
using Moss.Replays.Grading;
using Moss.Replays.Reading;
using Moss.Sandboxes;

namespace Moss.Replays.Sandboxed;

/// <summary>Replays in a sandbox of the engine, then grades what was left: data here, scripts in sandboxes of their own.</summary>
public sealed class SandboxReplayer(ISandboxEngine engine, SandboxFolders folders, params IReadOnlyList<ILineCoverage> languages) : IReplayer
{
    private readonly ScriptGrader scripts = new(engine);

    /// <inheritdoc/>
    public async Task<Replay> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        if (Refusal(request) is { } refused)
        {
            return Unusable(request, refused);
        }

        try
        {
            using var scratch = Scratch.Create(folders);
            return await ReplayAsync(request, scratch, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return Unusable(request, $"the trial could not be prepared: {broken.Message}");
        }
    }

    private static string? Refusal(ReplayRequest request) => request.Source switch
    {
        ReplaySource.Tree tree => request.Overlay.Keys.Select(path => Overlay.Problem(tree.Path, path)).FirstOrDefault(problem => problem is not null),
        _ when !request.Overlay.IsEmpty => "nothing can be laid over an image: replay the tree",
        _ => null,
    };

    private async Task<Replay> ReplayAsync(ReplayRequest request, Scratch scratch, CancellationToken cancellationToken)
    {
        var lines = request is { WithCoverage: true, Source: ReplaySource.Tree tree } && languages.FirstOrDefault(language => language.Language == request.Trial.Coverage) is { } language
            ? LineCollection.Prepare(language, scratch, request, tree.Path)
            : null;
        var spec = TrialSpec.Of(request, scratch, lines);
        var result = await engine.RunAsync(spec, cancellationToken);
        var left = TrialOutput.Read(Path.Combine(scratch.Path, "out"), result);
        var replay = result switch
        {
            SandboxResult.Unavailable unavailable => Unusable(request, unavailable.Reason),
            SandboxResult.TimedOut => Ungraded(request, TrialOutcome.TimedOut, Seconds(spec.Limits.WallClock)),
            SandboxResult.Exited { Code: not 0 } ended => Ungraded(request, TrialOutcome.Crashed, ExitReason.Of(ended)),
            SandboxResult.Exited when left.Remains is { } remains => await GradeAsync(request, remains, scratch, cancellationToken),
            SandboxResult.Exited ended => Ungraded(request, TrialOutcome.Crashed, left.Problem + LastLine.After("; last on standard error: ", ended.Error)),
            _ => throw new UnreachableException(),
        };
        return replay with
        {
            Note = string.Join("; ", new[] { replay.Note, left.Remark }.Where(note => note.Length > 0)),
            Trace = left.Trace,
            Coverage = lines?.Read() ?? ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty,
            Duration = result.Duration,
        };
    }

    private async Task<Replay> GradeAsync(ReplayRequest request, TrialRemains remains, Scratch scratch, CancellationToken cancellationToken)
    {
        var graders = request.Scenario.Graders;
        var results = ImmutableArray.CreateBuilder<KeypointResult>(graders.Length);
        string? copy = null;
        foreach (var grader in graders)
        {
            if (grader is not Grader.Script script)
            {
                results.Add(Graders.Grade(grader, remains));
                continue;
            }

            if (copy is null)
            {
                copy = scratch.Folder("remains");
                RemainsCopy.Copy(Path.Combine(scratch.Path, "out"), copy);
                scratch.File("task.json", ScenarioWriter.WriteTask(request.Scenario));
            }

            switch (await scripts.GradeAsync(script, request, copy, Path.Combine(scratch.Path, "task.json"), cancellationToken))
            {
                case ScriptGrade.Unavailable unavailable:
                    return Unusable(request, unavailable.Reason);
                case ScriptGrade.Scored scored:
                    results.Add(scored.Result);
                    break;
            }
        }

        return Graded(graders, results.ToImmutable());
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

    private static Replay Ungraded(ReplayRequest request, TrialOutcome outcome, string reason) =>
        new(outcome, 0, Graders.Nothing(request.Scenario.Graders, reason)) { Note = reason };

    private static Replay Unusable(ReplayRequest request, string reason) => Ungraded(request, TrialOutcome.InfrastructureError, reason);

    private static string Seconds(TimeSpan limit) => string.Create(CultureInfo.InvariantCulture, $"did not end within {limit.TotalSeconds:0.##} s");
}
