using System.Text.Json.Serialization;

namespace Moss.Cli.Bench.Agents;

/// <summary>A coding agent, as the checks found it.</summary>
/// <param name="Name">As in <c>moss.yaml</c>.</param>
/// <param name="Version">What its program says; null when it is not installed.</param>
/// <param name="Conforms">True when it passes every check.</param>
/// <param name="Checks">Whether it passes, by the name of the check.</param>
/// <param name="OverheadSeconds">What a call takes through Moss more than the program alone; null when it was not measured.</param>
/// <param name="BareSeconds">Median of the program alone.</param>
/// <param name="MossSeconds">Median through Moss.</param>
/// <param name="Failures">Why a check is failed, or nothing could be measured; null when there is nothing to say.</param>
/// <param name="Install">The command that installs its program; null when it is there.</param>
internal sealed record AgentRow(
    string Name, string? Version, bool Conforms, IReadOnlyDictionary<string, bool> Checks, double? OverheadSeconds, double? BareSeconds, double? MossSeconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Failures,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Install);

/// <summary>What came of all that were asked for.</summary>
/// <param name="Agents">In the order in which they were asked for.</param>
/// <param name="Runs">Runs of each kind behind the medians.</param>
/// <param name="Seconds">Of the whole bench.</param>
internal sealed record AgentsReport(IReadOnlyList<AgentRow> Agents, int Runs, double Seconds)
{
    /// <summary>True when there is an agent, and each conforms and could be measured.</summary>
    [JsonIgnore]
    public bool Holds => Agents.Count > 0 && Agents.All(agent => agent is { Conforms: true, OverheadSeconds: not null });
}
