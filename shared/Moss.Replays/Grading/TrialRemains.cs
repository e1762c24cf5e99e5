using System.Text.Json.Nodes;
using Moss.Replays.Json;

namespace Moss.Replays.Grading;

/// <summary>What a trial that ended well left to be graded.</summary>
/// <param name="Answer">Parsed.</param>
/// <param name="AnswerText">As written.</param>
/// <param name="Transcript">As written, invalid UTF-8 replaced.</param>
/// <param name="Output">Standard output.</param>
public sealed record TrialRemains(JsonNode? Answer, string AnswerText, string Transcript, string Output)
{
    /// <summary>The target as text; an answer that is a text counts without its quotes.</summary>
    internal string TextOf(GraderTarget target) => target switch
    {
        GraderTarget.Answer when Answer is JsonValue => JsonText.Write(Answer, bare: true),
        GraderTarget.Answer => AnswerText,
        GraderTarget.Transcript => Transcript,
        _ => Output,
    };

    /// <summary>The target as JSON: the transcript as the list of its lines, the output as one document.</summary>
    internal bool TryJsonOf(GraderTarget target, out JsonNode? json, out string problem)
    {
        (json, problem) = (Answer, "");
        return target switch
        {
            GraderTarget.Answer => true,
            GraderTarget.Transcript => TryLines(Transcript, out json, out problem),
            _ => JsonText.TryParse(System.Text.Encoding.UTF8.GetBytes(Output), out json, out problem),
        };
    }

    private static bool TryLines(string text, out JsonNode? json, out string problem)
    {
        var lines = new JsonArray();
        (json, problem) = (lines, "");
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                continue;
            }

            if (!JsonText.TryParse(System.Text.Encoding.UTF8.GetBytes(line.ToArray()), out var value, out problem))
            {
                problem = $"line {lines.Count + 1} {problem}";
                return false;
            }

            lines.Add(value);
        }

        return true;
    }
}
