using System.Collections.Immutable;

namespace Moss.Cli.Doctor;

/// <summary>A coding agent that Moss knows by name, as this machine has it.</summary>
/// <param name="Name">As in <c>moss.yaml</c>.</param>
/// <param name="Version">What its program says, or that it is a part of Moss; null when there is no program.</param>
/// <param name="Upstream">The way to its model, as the settings of Moss name it.</param>
/// <param name="Problem">What is missing; null when it can be asked.</param>
/// <param name="Fix">What to do about it.</param>
/// <param name="Wanted">True when the way to its model is configured.</param>
internal sealed record AgentNeed(string Name, string? Version, string Upstream, string? Problem, string Fix, bool Wanted);

/// <summary>What each agent lacks. Pure: programs and settings are passed in.</summary>
internal static class AgentNeeds
{
    private const string First = "scripts/install-agents";
    private const string All = First + " --all";

    /// <summary>Usual upstreams, as docs/agents.md has them, and what installs the program; null for a part of Moss.</summary>
    private static readonly (string Name, string Upstream, string? Install)[] Known =
    [
        ("anthropic-api", "anthropic", null), ("claude", "anthropic", First), ("codex", "openai", First), ("gemini", "gemini", All),
        ("openai-api", "openai-chat", null), ("opencode", "openai-chat", All), ("pi", "openai-chat", All), ("qwen", "openai-chat", All),
    ];

    /// <summary>All of them, sorted.</summary>
    public static IEnumerable<string> Names => Known.Select(agent => agent.Name);

    /// <summary>Agents with a program of their own.</summary>
    public static IEnumerable<string> Programs => Known.Where(agent => agent.Install is not null).Select(agent => agent.Name);

    /// <param name="versions">Of the programs that are there, by name.</param>
    /// <param name="settings">The environment, as Moss would read it.</param>
    /// <param name="readable">Whether a file is there and can be read.</param>
    public static ImmutableArray<AgentNeed> Of(IReadOnlyDictionary<string, string> versions, IReadOnlyDictionary<string, string> settings, Func<string, bool> readable) =>
        [.. Known.Select(agent => Of(
            agent.Name, agent.Upstream, agent.Install, agent.Install is null ? "part of Moss" : versions.GetValueOrDefault(agent.Name), settings, readable))];

    /// <summary>Whether nothing is wanted in vain: by every way to a model that is configured there is an agent that can go.</summary>
    public static bool Hold(IEnumerable<AgentNeed> needs) =>
        needs.Where(need => need.Wanted).GroupBy(need => need.Upstream).All(way => way.Any(need => need.Problem is null));

    private static AgentNeed Of(
        string name, string upstream, string? install, string? version, IReadOnlyDictionary<string, string> settings, Func<string, bool> readable)
    {
        if (Value($"Moss__CodingAgents__Logins__{name}") is { } login)
        {
            var unread = version is not null && !readable(login);
            return new(
                name, version, $"login of {name}", version is null ? "the program is not there" : unread ? "its login cannot be read" : null,
                version is null ? install ?? "" : unread ? $"log {name} in, so that {login} is there and readable for the user of Moss" : "", Wanted: true);
        }

        var section = $"Moss__Models__{upstream}__";
        var (problem, fix) = (version, Setting("Address"), Setting("KeyFile"), Setting("KeyVariable")) switch
        {
            (null, _, _, _) => ("the program is not there", install ?? ""),
            (_, null, _, _) => ("no way to its model is configured", $"set {section}Address, Protocol and KeyFile: docs/agents.md"),
            (_, _, { } file, _) when !readable(file) => ("the key cannot be read", $"put the key into {file}, readable for the user of Moss"),
            (_, _, null, { } variable) when Value(variable) is null => ("there is no key", $"put the key into the environment variable {variable}"),
            _ => ((string?)null, ""),
        };
        return new(name, version, upstream, problem, fix, Setting("Address") is not null);

        string? Setting(string setting) => Value(section + setting);

        string? Value(string variable) =>
            settings.FirstOrDefault(entry => string.Equals(entry.Key, variable, StringComparison.OrdinalIgnoreCase)).Value is { Length: > 0 } value ? value : null;
    }
}
