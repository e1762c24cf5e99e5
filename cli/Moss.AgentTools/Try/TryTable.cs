using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Moss.AgentTools.Try;

/// <summary>Results as text for a person or a model.</summary>
internal static class TryTable
{
    public static string Write(ImmutableArray<TryResult> results, bool trace)
    {
        var text = new StringBuilder();
        var width = Math.Max("scenario".Length, results.Select(r => r.Scenario.Length).DefaultIfEmpty().Max());
        text.Append(CultureInfo.InvariantCulture, $"{"scenario".PadRight(width)}  {"outcome",-12}  score  note\n");
        foreach (var result in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"{result.Scenario.PadRight(width)}  {result.Outcome,-12}  {result.Score,5:0.00}  {OneLine(result.Note)}\n");
            foreach (var (keypoint, score) in result.Keypoints)
            {
                text.Append(CultureInfo.InvariantCulture, $"{new string(' ', width)}    {(score >= 1 ? "ok" : "--")} {keypoint} {score:0.00}\n");
            }

            if (trace && result.Trace is { } left)
            {
                Section(text, "answer", left.Answer);
                Section(text, "output", left.Output);
                Section(text, "error", left.Error);
                Section(text, "transcript", left.Transcript);
            }
        }

        var passed = results.Count(r => r.Passed);
        return text.Append(CultureInfo.InvariantCulture, $"{passed} of {results.Length} passed\n").ToString();
    }

    private static string OneLine(string note) => note.ReplaceLineEndings(" ");

    private static void Section(StringBuilder text, string name, string content)
    {
        if (content.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {name}:\n");
            foreach (var line in content.TrimEnd().Split('\n'))
            {
                text.Append(CultureInfo.InvariantCulture, $"      {line}\n");
            }
        }
    }
}
