using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moss.AgentChecks;

/// <summary>What is asked for.</summary>
/// <param name="Agents">Names; null for all that are installed.</param>
/// <param name="Runs">Runs of each kind for the overhead, 1 or more.</param>
internal sealed record BenchRequest(IReadOnlyList<string>? Agents, int Runs);

/// <summary>An agent, as it was found.</summary>
/// <param name="Name">As in <c>moss.yaml</c>.</param>
/// <param name="Version">What its program says; null when it is not installed.</param>
/// <param name="Conforms">True when it passes every check.</param>
/// <param name="Checks">Whether it passes, by the name of the check.</param>
internal sealed record AgentRow(string Name, string? Version, bool Conforms, IReadOnlyDictionary<string, bool> Checks)
{
    /// <summary>What a call takes through Moss more than the program alone, in seconds; null when it was not measured.</summary>
    public double? OverheadSeconds { get; init; }

    /// <summary>Median of the program alone.</summary>
    public double? BareSeconds { get; init; }

    /// <summary>Median through Moss.</summary>
    public double? MossSeconds { get; init; }

    /// <summary>Why a check is failed, or nothing could be measured (<c>overhead</c>); null when there is nothing to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Failures { get; init; }

    /// <summary>The command that installs its program; null when it is there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Install { get; init; }

    /// <summary>An agent whose program is not there.</summary>
    public static AgentRow Missing(string name, string install) => new(name, null, false, new Dictionary<string, bool>()) { Install = install };
}

/// <summary>How requests and rows are written.</summary>
internal static class BenchJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);
}
