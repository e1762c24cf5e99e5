using System.Diagnostics;

namespace Moss.Gateway.Tests.Settings;

/// <summary>The built program, started as a container starts it.</summary>
public sealed class ProcessTests
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task With_wrong_settings_it_ends_with_code_two_and_says_what_to_do()
    {
        using var process = Start(new Dictionary<string, string> { ["Moss__Services__Ingestion"] = "nowhere" });

        var error = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);

        process.ExitCode.ShouldBe(2);
        error.ShouldStartWith("Moss cannot start:\n");
        error.ShouldContain("Moss:Services:Ingestion is 'nowhere'");
        error.ShouldContain("Moss__Gateway__Open=true");
    }

    [Fact]
    public async Task It_listens_with_neither_broker_nor_database_and_warns_when_it_is_open()
    {
        using var process = Start(new Dictionary<string, string> { ["Moss__Gateway__Open"] = "true", ["Moss__Services__Trials"] = "http://127.0.0.1:1" });
        var said = "";
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            said += line;
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                using var http = new HttpClient();
                (await http.GetStringAsync(new Uri(new Uri(line[(at + Listening.Length)..].Trim()), "health/live"))).ShouldBe("Healthy");
                process.StandardInput.Close();
            }
        }

        await process.WaitForExitAsync().WaitAsync(Patience);
        process.ExitCode.ShouldBe(0);
        said.ShouldContain("The gateway is open");
        said.ShouldContain(Listening);
    }

    private static Process Start(Dictionary<string, string> environment)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.Parent!.Parent!.FullName, "Moss.Gateway", own.Name, "Moss.Gateway.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--stop-with-stdin", "true"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = Path.GetTempPath();
        start.Environment["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
