using System.Diagnostics;
using System.Text.Json;
using Moss.Cli.Features;

namespace Moss.Cli.Tests.Running;

/// <summary>The built program, started as a shell would start it.</summary>
internal static class MossCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<Ran> RunAsync(string? url, params string[] words) => RunAsync(new Dictionary<string, string> { ["MOSS_URL"] = url ?? "" }, words);

    public static async Task<Ran> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = Path.GetTempPath();
        start.Environment["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "";
        foreach (var (name, value) in environment.Where(variable => variable.Value.Length > 0))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>From the build that this test belongs to: …/bin/Moss.Cli.Tests/debug/ is where it runs.</summary>
    private static string Program
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, "Moss.Cli", own.Name, typeof(CommandLine).Assembly.GetName().Name + ".dll");
        }
    }
}

/// <summary>How it ended.</summary>
internal sealed record Ran(int Code, string Output, string Error)
{
    /// <summary>All of its output as one JSON document.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}
