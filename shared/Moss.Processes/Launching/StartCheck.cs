using System.Runtime.InteropServices;

namespace Moss.Processes.Launching;

/// <summary>Says in words why a program cannot be started.</summary>
internal static class StartCheck
{
    /// <summary>The program's path, or why there is no point in trying.</summary>
    public static (string? Path, string? Refusal) Check(ProcessInvocation invocation)
    {
        if (invocation.Program.Length == 0)
        {
            return (null, "The program is empty: name one.");
        }

        if (invocation.Arguments.Prepend(invocation.Program).Any(HasNul))
        {
            return (null, $"An argument of '{Shown(invocation.Program)}' contains a NUL character, which no program can be given.");
        }

        if (invocation.Environment.FirstOrDefault(BadVariable) is { Key: not null } bad)
        {
            return (null, $"The environment variable '{Shown(bad.Key)}' is not one: its name is empty or has '=', or a NUL character is in it.");
        }

        if (invocation.WorkingDirectory is { } folder && !Directory.Exists(folder))
        {
            return (null, $"The working directory '{folder}' does not exist.");
        }

        var path = invocation.Environment.TryGetValue("PATH", out var own) ? own : ProgramPath.Inherited;
        return ProgramPath.Find(invocation.Program, path) is { } found
            ? (found, null)
            : (null, $"The program '{invocation.Program}' is not on the PATH ({path}): install it, or give its path.");
    }

    /// <summary>The operating system's reason.</summary>
    public static string Refused(ProcessInvocation invocation, int error) =>
        $"The program '{invocation.Program}' cannot be started: {Marshal.GetPInvokeErrorMessage(error)}.";

    private static bool BadVariable(KeyValuePair<string, string> entry) =>
        entry.Key.Length == 0 || entry.Key.Contains('=', StringComparison.Ordinal) || HasNul(entry.Key) || HasNul(entry.Value);

    private static bool HasNul(string text) => text.Contains('\0', StringComparison.Ordinal);

    private static string Shown(string text) => text.Replace("\0", "\\0", StringComparison.Ordinal);
}
