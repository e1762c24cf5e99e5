using System.Globalization;
using System.Text.Json.Nodes;
using Moss.Replays.Grading;
using Moss.Replays.Json;
using Moss.Sandboxes;

namespace Moss.Replays.Sandboxed;

/// <summary>Reads what a trial left in its output folder.</summary>
/// <param name="Trace">For people.</param>
/// <param name="Remains">To be graded; null when there is no usable answer.</param>
/// <param name="Problem">Why there is none, in a line.</param>
/// <param name="Remark">Something worth saying about a trial that can be graded.</param>
internal sealed record TrialOutput(ReplayTrace Trace, TrialRemains? Remains, string Problem, string Remark)
{
    /// <summary>Largest answer, bytes.</summary>
    public const int MaximumAnswer = 1024 * 1024;

    /// <summary>How much of a transcript is graded, bytes.</summary>
    public const int MaximumTranscript = 8 * 1024 * 1024;

    private const int MaximumTrace = 1024 * 1024;

    public static TrialOutput Read(string folder, SandboxResult result)
    {
        var answer = HostileFile.Read(Path.Combine(folder, TrialPaths.AnswerFile), MaximumAnswer);
        var transcript = HostileFile.Read(Path.Combine(folder, TrialPaths.TranscriptFile), MaximumTranscript);
        var answerText = answer?.Text("answer") ?? "";
        var transcriptText = transcript?.Text("transcript") ?? "";
        var trace = new ReplayTrace(Shorten(result.Output), Shorten(result.Error), Shorten(transcriptText), Shorten(answerText));
        var problem = Parse(answer, out var json);
        var remark = transcript is { IsCut: true }
            ? string.Create(CultureInfo.InvariantCulture, $"the transcript was cut: {transcript.Bytes.Length:N0} of {transcript.Length:N0} bytes")
            : "";
        return new(trace, problem.Length == 0 ? new(json, answerText, transcriptText, result.Output) : null, problem, remark);
    }

    private static string Parse(HostileContent? answer, out JsonNode? json)
    {
        json = null;
        return answer switch
        {
            null => $"left no {TrialPaths.AnswerFile}",
            { IsCut: true } => string.Create(CultureInfo.InvariantCulture, $"{TrialPaths.AnswerFile} is {answer.Length:N0} bytes long, at most {MaximumAnswer:N0} are read"),
            _ when !JsonText.TryParse(answer.Bytes.Span, out json, out var problem) => $"{TrialPaths.AnswerFile} {problem}",
            _ => "",
        };
    }

    private static string Shorten(string text) =>
        text.Length <= MaximumTrace ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, MaximumTrace)}\n[Moss cut this: {MaximumTrace:N0} of {text.Length:N0} characters]");
}
