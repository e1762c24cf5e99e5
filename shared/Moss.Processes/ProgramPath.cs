using Moss.Processes.Native;

namespace Moss.Processes;

/// <summary>Finds a program as a shell would.</summary>
public static class ProgramPath
{
    /// <summary>
    /// The path of <paramref name="program"/>: itself when it holds a slash, otherwise the first executable file of that name
    /// in <paramref name="searchPath"/> (the form of PATH); null when there is none.
    /// </summary>
    public static string? Find(string program, string? searchPath)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return program;
        }

        return (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsExecutable);
    }

    /// <summary>PATH of this process, or the system's usual folders where it has none.</summary>
    public static string Inherited => Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path ? path : "/usr/local/bin:/usr/bin:/bin";

    private static bool IsExecutable(string path) => File.Exists(path) && Libc.Access(path, Libc.Executable) == 0;
}
