using System.Collections.Immutable;
using Moss.CodingAgents.Jail;
using Moss.Substrates;

namespace Moss.CodingAgents.Providers;

/// <summary>The model that a provider asks.</summary>
/// <param name="Upstream">Name of its server in the settings of Moss.</param>
/// <param name="Name">As the server knows it.</param>
internal sealed record AskedModel(string Upstream, string Name)
{
    /// <summary>Where the bridge of the jail listens; what stands behind it is up to the protocol.</summary>
    public static string Address { get; } = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http://127.0.0.1:{JailModel.Port}");

    /// <summary>The variable in which every agent finds its key for this one call.</summary>
    public const string KeyVariable = "MOSS_MODEL_TOKEN";

    /// <summary>True when the program goes there by itself, logged in as a person; the upstream is of no account then.</summary>
    public bool IsLoggedIn { get; init; }

    /// <summary>What was declared, else the usual.</summary>
    public static AskedModel Of(AgentModel? declared, string upstream, string name) => new(declared?.Upstream ?? upstream, declared?.Name ?? name);

    /// <summary>The capabilities of an agent whose program can be logged in.</summary>
    /// <param name="reportsCost">As below.</param>
    /// <param name="login">Where in its HOME the program looks for its login.</param>
    /// <param name="memory">Where in its HOME it has its sessions. What it says of their cost counts them from their beginning.</param>
    /// <param name="variables">As below.</param>
    public AgentCapabilities Capabilities(bool reportsCost, string login, string memory, params (string Name, string Fact)[] variables) => IsLoggedIn
        ? new(Edits: true, NeedsNetwork: true, reportsCost) { ModelName = Name, Login = login }
        : Capabilities(reportsCost, variables) with { Memory = memory };

    /// <summary>The capabilities of an agent that asks it.</summary>
    /// <param name="reportsCost">Its report says what a call cost.</param>
    /// <param name="variables">Variables that are told the base URL or the key.</param>
    public AgentCapabilities Capabilities(bool reportsCost, params (string Name, string Fact)[] variables) =>
        new(Edits: true, NeedsNetwork: true, reportsCost)
        {
            ModelName = Name,
            Model = new(Upstream)
            {
                Environment = variables.ToImmutableSortedDictionary(variable => variable.Name, variable => variable.Fact, StringComparer.Ordinal),
            },
        };
}
