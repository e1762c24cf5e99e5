using Microsoft.Extensions.Configuration;

namespace Moss.CodingAgents.Sessions;

/// <summary>Where the programs are that run inside an agent's jail: as configured, else beside this one in a folder of their own.</summary>
internal static class AgentTools
{
    private const string Program = "Moss.AgentTools.dll";

    /// <summary>
    /// What <c>Moss:CodingAgents</c> says: <c>AgentTools</c>, a path, <c>ToolFolders</c>, a list of absolute folders, <c>RecordTo</c>, an
    /// absolute folder that need not be there, and <c>Cassettes</c>, one that must be.
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
            };
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
