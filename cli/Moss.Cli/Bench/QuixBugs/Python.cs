using System.Diagnostics;
using Moss.Cli.Features;

namespace Moss.Cli.Bench.QuixBugs;

/// <summary>Runs a script that is given as text.</summary>
internal static class Python
{
    /// <summary>Exit code and standard output; a script that fails says why in the exception.</summary>
    public static async Task<(int Code, string Output)> RunAsync(
        string folder, string script, string[] arguments, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("python3", ["-B", "-c", script, .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? (0, await output) : throw new LocalFailureException("python3 failed", $"in {folder}: {(await error).Trim()}", "`moss doctor` says what this machine lacks");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
