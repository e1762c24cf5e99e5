using Moss.Processes;

namespace Moss.CodingAgents.Jail;

/// <summary>Tells before the start whether a jail has a program, so that a missing agent is not taken for a failed one.</summary>
public static class JailPrograms
{
    private static readonly string[] SystemFolders = ["/usr", "/bin", "/sbin", "/lib", "/lib64"];

    /// <summary>What to do about a missing program; null when the jail has it.</summary>
    public static string? Missing(ProcessInvocation invocation, JailLayout layout)
    {
        if ((invocation.Arguments.Contains(JailFolders.AgentTools) || layout.Model is not null) && layout.Tools is null)
        {
            return "Moss.AgentTools.dll is not there: build cli/Moss.AgentTools, or say where it lies in Moss:CodingAgents:AgentTools";
        }

        if (layout is { Model: not null, Dotnet: null })
        {
            return "the bridge to its model needs the dotnet program: set DOTNET_ROOT to the folder in which it is installed";
        }

        var program = invocation.Program;
        var candidates = program.Contains('/')
            ? [OnHost(program, layout)]
            : layout.SearchPath.Split(':').Select(folder => OnHost($"{folder}/{program}", layout));
        return candidates.Any(path => path is not null && File.Exists(path))
            ? null
            : $"the program '{program}' is not there: install it below /usr/local, or name its folder in Moss:CodingAgents:ToolFolders";
    }

    /// <summary>Where a path of the inside is on the host; null when the inside does not see it.</summary>
    private static string? OnHost(string path, JailLayout layout) => path switch
    {
        _ when Below(path, JailFolders.Bin) is { } rest => Path.Combine(layout.Session, "bin", rest),
        _ when Below(path, JailFolders.Dotnet) is { } rest => layout.Dotnet is { } dotnet ? Path.Combine(dotnet, rest) : null,
        _ when Below(path, JailFolders.Tools) is { } rest => layout.Tools is { } tools ? Path.Combine(tools, rest) : null,
        _ when Below(path, Assignment.WorkTree) is { } rest => Path.Combine(layout.WorkTree, rest),
        _ when !path.StartsWith('/') => Path.Combine(layout.WorkTree, path),
        _ when layout.ToolFolders.Concat(SystemFolders).Any(folder => Below(path, folder) is not null) => path,
        _ => null,
    };

    private static string? Below(string path, string folder) =>
        path.StartsWith(folder + "/", StringComparison.Ordinal) ? path[(folder.Length + 1)..] : null;
}
