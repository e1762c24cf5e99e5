using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Moss.CodingAgents.Providers;

namespace Moss.CodingAgents.Sessions;

/// <summary>Where the programs are that run inside an agent's jail: as configured, else beside this one in a folder of their own.</summary>
internal static class AgentTools
{
    private const string Program = "Moss.AgentTools.dll";

    /// <summary>
    /// What <c>Moss:CodingAgents</c> says: <c>AgentTools</c>, a path, <c>ToolFolders</c>, a list of absolute folders, <c>RecordTo</c>, an
    /// absolute folder that need not be there, <c>Cassettes</c>, one that must be, and <c>Logins</c>, absolute files by the names of agents.
    /// </summary>
    public static AgentSessionOptions Options(string sessions, IConfiguration configured)
    {
        string[] folders = configured.GetSection("ToolFolders").Get<string[]>() ?? [];
        if (folders.FirstOrDefault(Hidden) is { } hidden)
        {
            throw new InvalidOperationException(
                $"Moss:CodingAgents:ToolFolders names '{hidden}', and a jail shows its own things below {Assignment.WorkTree} and /moss: move or link the folder elsewhere");
        }

        return folders.FirstOrDefault(folder => !Path.IsPathRooted(folder) || !Directory.Exists(folder)) is { } wrong
            ? throw new InvalidOperationException($"Moss:CodingAgents:ToolFolders names '{wrong}', which is no absolute path of a folder that is there")
            : new AgentSessionOptions
            {
                SessionsFolder = sessions,
                AgentTools = configured["AgentTools"] ?? Find(),
                ToolFolders = [.. folders],
                RecordTo = Folder(configured, "RecordTo", mustExist: false),
                Cassettes = Folder(configured, "Cassettes", mustExist: true),
                Logins = Logins(configured.GetSection("Logins")),
            };
    }

    private static ImmutableSortedDictionary<string, string> Logins(IConfigurationSection configured)
    {
        var logins = configured.GetChildren().ToImmutableSortedDictionary(login => login.Key.ToLowerInvariant(), login => login.Value ?? "", StringComparer.Ordinal);
        return logins.Keys.FirstOrDefault(name => !Catalog.WithLogin.Contains(name)) is { } stranger
            ? throw new InvalidOperationException(
                $"Moss:CodingAgents:Logins names '{stranger}', and only {string.Join(" and ", Catalog.WithLogin)} can use the login of a person: give it a key in Moss:Models")
            : logins.FirstOrDefault(login => !Path.IsPathRooted(login.Value)) is { Key: { } name, Value: var file }
                ? throw new InvalidOperationException($"Moss:CodingAgents:Logins:{name} is '{file}', which is no absolute path of a file")
                : logins;
    }

    private static string? Folder(IConfiguration configured, string setting, bool mustExist) => configured[setting] switch
    {
        null or "" => null,
        var folder when !Path.IsPathRooted(folder) => throw new InvalidOperationException($"Moss:CodingAgents:{setting} is '{folder}', which is no absolute path"),
        var folder when mustExist && !Directory.Exists(folder) => throw new InvalidOperationException($"Moss:CodingAgents:{setting} names '{folder}', which is no folder that is there"),
        var folder => folder,
    };

    private static bool Hidden(string folder) =>
        new[] { Assignment.WorkTree, "/moss" }.Any(taken => folder == taken || folder.StartsWith(taken + "/", StringComparison.Ordinal));

    private static string? Find()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        string?[] places =
        [
            Path.Combine(own.FullName, "agent-tools", Program),
            own.Parent?.Parent is { } bin ? Path.Combine(bin.FullName, "Moss.AgentTools", own.Name, Program) : null,
        ];
        return places.FirstOrDefault(File.Exists);
    }
}
