using System.ComponentModel;
using System.Diagnostics;

namespace Moss.Cli.Hosting;

/// <summary>What a program of this machine did.</summary>
/// <param name="Code">Its exit code; null when there is no such program.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record LocalResult(int? Code, string Output, string Error)
{
    public bool Succeeded => Code == 0;

    /// <summary>The last lines that it wrote, its complaints before its output.</summary>
    public string Tail(int lines = 12)
    {
        var text = Error.Trim() is { Length: > 0 } error ? error : Output.Trim();
        return string.Join('\n', text.Split('\n').TakeLast(lines));
    }
}

/// <summary>Runs programs of this machine to their end.</summary>
internal static class LocalProgram
{
    public static async Task<LocalResult> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken,
        string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new(process.ExitCode, await output, await error);
        }
        catch (Win32Exception)
        {
            return new(null, "", $"{program} is not installed");
        }
    }
}
