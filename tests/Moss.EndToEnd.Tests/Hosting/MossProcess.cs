using System.Diagnostics;
using Moss.Processes;

namespace Moss.EndToEnd.Tests.Hosting;

/// <summary>The real program in a process and a session of its own, as a person would start it.</summary>
internal sealed class MossProcess : IAsyncDisposable
{
    private const string Greeting = "Moss listens on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private MossProcess(Process process, Uri url)
    {
        this.process = process;
        Url = url;
        Identity = ProcessTable.Identify(process.Id)!;
    }

    public Uri Url { get; }

    public ProcessIdentity Identity { get; }

    /// <summary>Ready when it returns: Moss says where it listens once it does.</summary>
    public static async Task<MossProcess> StartAsync(string data, string home, params IEnumerable<string> settings)
    {
        var process = Process.Start(Invocation(data, home, settings))!;
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(Greeting, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new(process, new Uri(line[Greeting.Length..line.IndexOf(';', StringComparison.Ordinal)]));
            }
        }

        throw new InvalidOperationException($"Moss ended before it listened: {await errors}");
    }

    /// <summary>kill -9 of this one process; what it started is not touched.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Asks it to stop, as the launcher does, and gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static ProcessStartInfo Invocation(string data, string home, IEnumerable<string> settings)
    {
        var dotnet = ProgramPath.Find("dotnet", ProgramPath.Inherited) ?? throw new InvalidOperationException("there is no dotnet on the PATH");
        var start = new ProcessStartInfo(
            "setsid", [dotnet, Program, "--data", data, "--urls", "http://127.0.0.1:0", "--stop-with-stdin", "true", .. settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["HOME"] = home;
        start.Environment["DOTNET_TieredPGO"] = "0"; // It is started often and lives short.
        start.Environment["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "";
        return start;
    }

    /// <summary>From the build that this test belongs to: …/bin/Moss.EndToEnd.Tests/debug/ is where it runs.</summary>
    private static string Program
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, "Moss.Standalone", own.Name, "Moss.Standalone.dll");
        }
    }
}
