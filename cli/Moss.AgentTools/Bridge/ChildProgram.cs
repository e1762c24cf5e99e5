using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Moss.AgentTools.Bridge;

/// <summary>A program that has this one's input, output, environment and folder, and gets its signals.</summary>
internal static class ChildProgram
{
    private const int CannotRun = 126;
    private const int NotFound = 127;

    private static readonly (PosixSignal Signal, int Number)[] Signals =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code; 128 and the signal's number when one ended it.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> command, TextWriter error)
    {
        if (Find(command[0]) is not { } program)
        {
            await error.WriteLineAsync($"bridge: there is no program '{command[0]}'");
            return NotFound;
        }

        using var child = new Process { StartInfo = new ProcessStartInfo(program, command.Skip(1)) { UseShellExecute = false } };
        var started = new TaskCompletionSource();
        var registrations = Signals.Select(signal => PosixSignalRegistration.Create(signal.Signal, context =>
        {
            context.Cancel = true;
            _ = PassOnAsync(started.Task, child, signal.Number);
        })).ToList();
        try
        {
            child.Start();
            started.SetResult();
            await child.WaitForExitAsync();
            return child.ExitCode;
        }
        catch (Win32Exception refused)
        {
            await error.WriteLineAsync($"bridge: '{program}' cannot be run: {refused.Message}");
            return CannotRun;
        }
        finally
        {
            registrations.ForEach(registration => registration.Dispose());
        }
    }

    private static async Task PassOnAsync(Task started, Process child, int signal)
    {
        await started;
        if (!child.HasExited)
        {
            // It fails when the program has ended in between, and then there is nothing to do.
            _ = Kill(child.Id, signal);
        }
    }

    /// <summary>By PATH alone: what lies in the working folder is not taken for a program of the same name.</summary>
    private static string? Find(string program) => program.Contains('/')
        ? File.Exists(program) ? Path.GetFullPath(program) : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(folder => folder.StartsWith('/')).Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsProgram);

    private static bool IsProgram(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
