using System.Collections.Immutable;
using System.Globalization;
using Moss.Substrates;

namespace Moss.CodingAgents.Jail;

/// <summary>The way of a jail to its model: a socket, which a bridge inside makes a server on the jail's own loopback.</summary>
/// <param name="SocketPath">On the host.</param>
/// <param name="Token">What it presents as its key.</param>
/// <param name="BasePath">What stands behind the address in the base URL: <c>/v1</c>, or nothing.</param>
/// <param name="Access">What was declared.</param>
public sealed record JailModel(string SocketPath, string Token, string BasePath, ModelAccess Access)
{
    /// <summary>Inside. The jail has a loopback of its own, so the port is free and the same everywhere.</summary>
    public const int Port = 4141;

    /// <summary>Where the socket lies inside.</summary>
    public const string Socket = "/moss/model.sock";

    /// <summary>The base URL, inside.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}{BasePath}");

    /// <summary>What stands before the agent's own command.</summary>
    public static ImmutableArray<string> Bridge { get; } =
    [
        JailFolders.Dotnet + "/dotnet", JailFolders.AgentTools, "bridge", "--socket", Socket, "--port", Port.ToString(CultureInfo.InvariantCulture), "--",
    ];

    /// <summary>What the agent is told: in variables of Moss's own, and in those that were declared.</summary>
    public ImmutableSortedDictionary<string, string> Environment => Access.Environment
        .ToImmutableSortedDictionary(variable => variable.Key, variable => variable.Value == ModelAccess.Token ? Token : Url, StringComparer.Ordinal)
        .SetItem("MOSS_MODEL_URL", Url)
        .SetItem("MOSS_MODEL_TOKEN", Token);
}
