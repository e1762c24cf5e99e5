using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Moss.Testing;
using Xunit.Abstractions;

namespace Moss.EndToEnd.Tests.Compose;

/// <summary>The moss command of this build, as a person calls it, with a daemon and a data folder of its own.</summary>
internal sealed class MossCommand(string dockerSocket, string data, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly string port = FreePorts.Take().ToString(CultureInfo.InvariantCulture);

    /// <summary>Where the gateway is to listen.</summary>
    public string Url => $"http://127.0.0.1:{port}";

    /// <summary>Runs it to its end, which must be a good one, and reads the object that it printed.</summary>
    public async Task<JsonElement> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments, "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = data };
        start.Environment["DOCKER_HOST"] = $"unix://{dockerSocket}";
        start.Environment["MOSS_HOME"] = SourceTree.Root;
        start.Environment["MOSS_DATA"] = data;
        start.Environment["MOSS_PORT"] = port;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        var said = process.StandardOutput.ReadToEndAsync(limit.Token);
        var told = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        output.WriteLine($"moss {string.Join(' ', arguments)}: {await said}{await told}");
        process.ExitCode.ShouldBe(0, await told + await said);
        return JsonSerializer.Deserialize<JsonElement>(await said);
    }

    /// <summary>From the build that this test belongs to.</summary>
    private static string Program
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, "Moss.Cli", own.Name, "Moss.Cli.dll");
        }
    }
}
