using System.Collections.Immutable;

namespace Moss.Cli.Doctor;

/// <summary>A coding agent that Moss knows by name, as this machine has it.</summary>
/// <param name="Name">As in <c>moss.yaml</c>.</param>
/// <param name="Version">What its program says; null when there is no program.</param>
/// <param name="Upstream">The way to its model, as the settings of Moss name it.</param>
/// <param name="Problem">What is missing; null when it can be asked.</param>
/// <param name="Fix">What to do about it.</param>
/// <param name="Wanted">True when the way to its model is configured: then it has to be whole.</param>
internal sealed record AgentNeed(string Name, string? Version, string Upstream, string? Problem, string Fix, bool Wanted);

/// <summary>What each agent lacks. Pure: programs and settings are passed in.</summary>
internal static class AgentNeeds
{
    /// <summary>Usual upstreams, as docs/agents.md has them.</summary>
    private static readonly (string Name, string Upstream, bool AtOnce)[] Known =
    [
        ("claude", "anthropic", true), ("codex", "openai", true), ("gemini", "gemini", false), ("opencode", "openai-chat", false), ("pi", "openai-chat", false),
        ("qwen", "openai-chat", false),
    ];

    public static IEnumerable<string> Names => Known.Select(agent => agent.Name);

    /// <param name="versions">Of the programs that are there, by name.</param>
    /// <param name="settings">The environment, as Moss would read it.</param>
    /// <param name="readable">Whether a file is there and can be read.</param>
    public static ImmutableArray<AgentNeed> Of(IReadOnlyDictionary<string, string> versions, IReadOnlyDictionary<string, string> settings, Func<string, bool> readable) =>
        [.. Known.Select(agent => Of(agent.Name, agent.Upstream, agent.AtOnce, versions.GetValueOrDefault(agent.Name), settings, readable))];

    private static AgentNeed Of(
        string name, string upstream, bool atOnce, string? version, IReadOnlyDictionary<string, string> settings, Func<string, bool> readable)
    {
        var section = $"Moss__Models__{upstream}__";
        var (problem, fix) = (version, Setting("Address"), Setting("KeyFile"), Setting("KeyVariable")) switch
        {
            (null, _, _, _) => ("the program is not there", $"scripts/install-agents{(atOnce ? "" : " --all")}"),
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
