using System.Diagnostics;
using Moss.Testing;

namespace Moss.EndToEnd.Tests.Demo;

/// <summary>What the launcher calls MOSS_HOME, made of the build that the tests belong to, whichever configuration that is.</summary>
internal sealed class LauncherHome : IDisposable
{
    private static readonly string[] Programs = ["Moss.Cli", "Moss.Standalone", "Moss.AgentTools", "Moss.PatchGate", "Moss.AgentChecks"];
    private readonly TemporaryFolder folder = new();

    public LauncherHome()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        foreach (var program in Programs)
        {
            Directory.CreateDirectory(folder.Combine("artifacts", "bin", program));
            Directory.CreateSymbolicLink(ProgramFolder(program), Path.Combine(own.Parent!.Parent!.FullName, program, own.Name));
        }

        Directory.CreateSymbolicLink(folder.Combine("samples"), Path.Combine(SourceTree.Root, "samples"));
        Directory.CreateSymbolicLink(folder.Combine("tests"), Path.Combine(SourceTree.Root, "tests"));
    }

    public string Folder => folder.Path;

    public string Data => folder.Combine("data");

    /// <summary>Settings of the Moss that the command starts.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Runs the command as the launcher does, to its end.</summary>
    public async Task<(int Code, string Output, string Error)> RunAsync(TimeSpan patience, params string[] arguments)
    {
        var command = Path.Combine(ProgramFolder("Moss.Cli"), "Moss.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [command, .. arguments])
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["MOSS_HOME"] = Folder },
        };
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return (process.ExitCode, await output, await error);
    }

    public void Dispose() => folder.Dispose();

    private string ProgramFolder(string program) => folder.Combine("artifacts", "bin", program, "release");
}
