using System.Globalization;
using Moss.CodingAgents.Prompts;
using Moss.Processes;

namespace Moss.CodingAgents;

/// <summary>How the ends of a program are read, the same for every provider without an event stream of its own.</summary>
internal static class ReportRules
{
    private const int NotExecutable = 126;
    private const int NotFound = 127;
    private const int ErrorCharacters = 2000;

    public static AgentReport Read(string name, AgentRun run) => run.Process switch
    {
        // A report that is missing is a malformed one: the repair round asks for it.
        ProcessResult.Exited { Code: 0 } ended => new AgentReport.Finished(run.ReportFile ?? FinalBlock.Find(ended.Output) ?? ""),
        ProcessResult.Exited { Code: NotFound or NotExecutable } missing => new AgentReport.Unavailable(
            $"agent {name} could not be started{Said(missing)}: install it, or put its folder among the tool folders of Moss"),
        ProcessResult.Exited failed => new AgentReport.Unusable(string.Create(
            CultureInfo.InvariantCulture, $"agent {name} ended with exit code {failed.Code}{Said(failed)}")),
        ProcessResult.TimedOut { Idle: true } silent => new AgentReport.Unusable(string.Create(
            CultureInfo.InvariantCulture, $"agent {name} was silent for too long and was stopped after {silent.Duration.TotalSeconds:0} s")),
        ProcessResult.TimedOut late => new AgentReport.Unusable(string.Create(
            CultureInfo.InvariantCulture, $"agent {name} timed out after {late.Duration.TotalSeconds:0} s and was stopped")),
        ProcessResult.NotStarted refused => new AgentReport.Unavailable($"agent {name} could not be started: {refused.Reason}"),
        var other => throw new InvalidOperationException($"a process cannot end as {other}"),
    };

    private static string Said(ProcessResult result) =>
        string.IsNullOrWhiteSpace(result.Error) ? "" : ": " + Excerpt.Of(result.Error.Trim(), ErrorCharacters);
}
