using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.Domain.Judgement;
using Moss.Replays.Json;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;

namespace Moss.Replays.Grading;

/// <summary>Runs the script graders of a scenario, each in a sandbox that holds no file of the candidate but a copy of what the trial left.</summary>
internal sealed class ScriptGrader(ISandboxEngine engine)
{
    public const string Graders = "/moss/graders";

    private static readonly SandboxLimits Limits = new()
    {
        WallClock = TimeSpan.FromSeconds(30),
        Cpu = TimeSpan.FromSeconds(30),
        MemoryBytes = 512L * 1024 * 1024,
        Processes = 32,
        OutputBytes = 64 * 1024,
    };

    /// <param name="grader">Which.</param>
    /// <param name="request">Names the trusted scenario folder and image.</param>
    /// <param name="remains">Folder with regular files alone, made by Moss.</param>
    /// <param name="task">The scenario as the trial saw it, written by Moss.</param>
    /// <param name="cancellationToken">Ends the sandbox.</param>
    public async Task<ScriptGrade> GradeAsync(Grader.Script grader, ReplayRequest request, string remains, string task, CancellationToken cancellationToken)
    {
        var spec = new SandboxSpec(grader.Command)
        {
            Mounts =
            [
                new SandboxMount.ReadOnly(request.GraderFolder, Graders),
                new SandboxMount.ReadOnly(remains, TrialPaths.Out),
                new SandboxMount.ReadOnly(task, TrialPaths.Scenario),
            ],
            WorkingDirectory = Graders,
            Environment = ImmutableSortedDictionary<string, string>.Empty
                .Add("MOSS_OUT", TrialPaths.Out)
                .Add("MOSS_SCENARIO", TrialPaths.Scenario)
                .Add("PYTHONDONTWRITEBYTECODE", "1")
                .Add("PYTHONHASHSEED", "0"),
            Limits = Limits,
            Image = request.GraderImage,
            Purpose = request.Purpose,
        };
        return await engine.RunAsync(spec, cancellationToken) switch
        {
            SandboxResult.Unavailable unavailable => new ScriptGrade.Unavailable(unavailable.Reason),
            SandboxResult.TimedOut => Nothing(grader, string.Create(CultureInfo.InvariantCulture, $"the grader did not end within {Limits.WallClock.TotalSeconds} s")),
            SandboxResult.Exited { Code: 0 } ended => Read(grader, ended.Output),
            SandboxResult.Exited ended => Nothing(grader, $"the grader exited with {ended.Code}{LastLine.After(": ", ended.Error)}"),
            _ => throw new UnreachableException(),
        };
    }

    private static ScriptGrade.Scored Read(Grader.Script grader, string output)
    {
        if (!JsonText.TryParse(Encoding.UTF8.GetBytes(output.Trim()), out var json, out var problem))
        {
            return Nothing(grader, $"what the grader printed {problem}");
        }

        if (json is not JsonObject report || report["score"] is not JsonValue value || value.GetValueKind() != JsonValueKind.Number
            || !value.TryGetValue<double>(out var score) || score is not (>= 0 and <= 1))
        {
            return Nothing(grader, $"the grader printed {JsonText.Show(json)}, must be {{\"score\": 0..1}}");
        }

        var note = report["note"]?.GetValueKind() == JsonValueKind.String ? report["note"]!.GetValue<string>() : "";
        return new ScriptGrade.Scored(new(grader.Id, score, JsonText.Cut(note.ReplaceLineEndings(" "), 300)));
    }

    private static ScriptGrade.Scored Nothing(Grader.Script grader, string reason) => new(new KeypointResult(grader.Id, 0, JsonText.Cut(reason, 300)));
}

/// <summary>What became of a script grader. One that breaks scores 0: a trial must not win by breaking its judge.</summary>
internal abstract record ScriptGrade
{
    private ScriptGrade() { }

    public sealed record Scored(KeypointResult Result) : ScriptGrade;

    public sealed record Unavailable(string Reason) : ScriptGrade;
}
