using System.Globalization;
using System.Text.RegularExpressions;
using Moss.CodingAgents.Prompts;
using Moss.Processes;

namespace Moss.CodingAgents.Providers;

/// <summary>What a run with events means, the same for all providers.</summary>
internal static partial class StoryRules
{
    private const int MostWords = 2000;

    /// <summary>The report of a run.</summary>
    /// <param name="name">Of the agent.</param>
    /// <param name="run">How it ended.</param>
    /// <param name="tell">Reads the events of this provider.</param>
    public static AgentReport Read(string name, AgentRun run, Func<IReadOnlyList<System.Text.Json.JsonElement>, EventStory> tell)
    {
        if (run.Process is ProcessResult.NotStarted or ProcessResult.Exited { Code: 126 or 127 })
        {
            return ReportRules.Read(name, run);
        }

        var story = tell(EventLines.Of(run.Process.Output));
        return Judge(name, run, story) with { Cost = story.Cost, Session = story.Session };
    }

    private static AgentReport Judge(string name, AgentRun run, EventStory story)
    {
        switch (run.Process)
        {
            case ProcessResult.Exited { Code: 0 } when story.Succeeded:
                return new AgentReport.Finished(run.ReportFile ?? story.Report ?? FinalBlock.Find(story.Text) ?? "");
            case ProcessResult.Exited ended:
                var problem = story.Problem ?? Excerpt.Of(ended.Error.Trim(), MostWords);
                var said = string.IsNullOrWhiteSpace(problem) ? "" : ": " + Excerpt.Of(problem.Trim(), MostWords);
                return (story.Status ?? StatusIn(problem)) is { } status && IsOutage(status)
                    ? new AgentReport.Unavailable(string.Create(CultureInfo.InvariantCulture, $"agent {name} could not ask its model ({status}){said}"))
                    : new AgentReport.Unusable(string.Create(CultureInfo.InvariantCulture, $"agent {name} did not finish{Ended(ended)}{said}"));
            case var stopped:
                return ReportRules.Read(name, new(stopped with { Error = stopped.Truncated ? "it printed without end" : stopped.Error }, run.ReportFile));
        }
    }

    private static string Ended(ProcessResult.Exited ended) => string.Create(
        CultureInfo.InvariantCulture, $" (exit code {ended.Code}{(ended.Truncated ? ", and it printed more than is kept" : "")})");

    private static bool IsOutage(int status) => status is 401 or 403 or 408 or 429 or >= 500 and < 600;

    /// <summary>The status in an error of the provider; only where it stands as one, so that a number in a text is not taken for it.</summary>
    private static int? StatusIn(string problem) => Status().Match(problem) is { Success: true } found
        ? int.Parse(found.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
        : null;

    [GeneratedRegex(@"(?:\b(?:status|code|error|http)\b[^0-9a-z]{1,12}(?:code|status)?[^0-9a-z]{0,4}|^)(401|403|408|429|5[0-9]{2})\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Status();
}
