using System.Globalization;

namespace Moss.Cli.Bench.Agents;

/// <summary>The report for people.</summary>
internal static class AgentsText
{
    public static string[] Columns { get; } = ["agent", "version", "conforms", "checks", "alone", "through Moss", "overhead"];

    /// <summary>An agent in the table.</summary>
    public static string[] Row(AgentRow agent) =>
    [
        agent.Name, agent.Version ?? (agent.Install is null ? "unknown" : "not installed"), agent.Conforms ? "yes" : "NO",
        Text($"{agent.Checks.Values.Count(pass => pass)}/{agent.Checks.Count}"),
        Seconds(agent.BareSeconds), Seconds(agent.MossSeconds), Seconds(agent.OverheadSeconds),
    ];

    /// <summary>What stands below the table: who is not there, what failed and why, and what was measured.</summary>
    public static IEnumerable<string> Lines(AgentsReport report) =>
    [
        .. report.Agents.SelectMany(Remarks),
        Text($"medians of {report.Runs} {(report.Runs == 1 ? "run" : "runs")} each, {report.Seconds:0} s"),
    ];

    private static IEnumerable<string> Remarks(AgentRow agent) =>
    [
        .. agent.Install is { } install ? [$"{agent.Name} is not installed: {install}"] : Array.Empty<string>(),
        .. (agent.Failures ?? new Dictionary<string, string>()).Select(failure => $"{agent.Name}: {failure.Key}: {failure.Value}"),
    ];

    private static string Seconds(double? seconds) => seconds is { } known ? Text($"{known:0.00} s") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
